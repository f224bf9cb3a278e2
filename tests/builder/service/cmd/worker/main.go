// Command worker does one thing and ends.
package main

import "fmt"

func main() { fmt.Println("worked") }
