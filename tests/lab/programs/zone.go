// Loads a time zone by name.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	fmt.Println("started")
	if _, err := time.LoadLocation("Europe/Madrid"); err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
}
