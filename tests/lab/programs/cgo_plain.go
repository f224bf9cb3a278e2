// Calls C that needs nothing of a recent libc.
package main

// static int answer(void) { return 42; }
import "C"

import "fmt"

func main() {
	if C.answer() == 42 {
		fmt.Println("started")
	}
}
