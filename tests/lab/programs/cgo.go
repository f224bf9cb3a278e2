// Calls C, as wrappers of C libraries do.
package main

// #include <stdlib.h>
// static int answer(const char *text) { return (int)strtol(text, NULL, 10); }
import "C"

import "fmt"

func main() {
	if C.answer(C.CString("42")) == 42 {
		fmt.Println("started")
	}
}
