// Writes a temporary file.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("started")
	file, err := os.CreateTemp("", "lab")
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	file.Close()
}
