// Calls C as libraries such as SQLite do: with GNU extensions, where strtol is that of C23.
package main

// #define _GNU_SOURCE
// #include <stdlib.h>
// static int answer(const char *text) { return (int)strtol(text, NULL, 10); }
import "C"

import "fmt"

func main() {
	if C.answer(C.CString("42")) == 42 {
		fmt.Println("started")
	}
}
