// Uses nothing but fmt: static even where cgo is on.
package main

import (
	"fmt"
	"os"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-health" {
		return
	}
	fmt.Println("started")
}
