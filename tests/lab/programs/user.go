// Looks a user up, which os/user does with the libc where cgo is on.
package main

import (
	"fmt"
	"os"
	"os/user"
)

func main() {
	fmt.Println("started")
	if _, err := user.LookupId("0"); err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
}
