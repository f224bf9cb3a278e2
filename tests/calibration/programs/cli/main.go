// Reads records as JSON and prints their sum.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"sort"
)

type record struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

func main() {
	path := flag.String("in", "/dev/stdin", "file of records")
	flag.Parse()
	text, err := os.ReadFile(*path)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var records []record
	if err := json.Unmarshal(text, &records); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sums := map[string]float64{}
	for _, r := range records {
		sums[r.Name] += r.Value
	}
	names := make([]string, 0, len(sums))
	for name := range sums {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Println(name, sums[name])
	}
}
