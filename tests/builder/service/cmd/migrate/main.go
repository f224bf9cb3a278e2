// Command migrate reads the folder of migrations and tells how many there are.
package main

import (
	"fmt"
	"os"
)

func main() {
	files, err := os.ReadDir("/migrations")
	if err != nil {
		panic(err)
	}
	fmt.Println("migrated", len(files))
}
