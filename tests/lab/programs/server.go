// A service: listens with net/http. `-health` asks it, as a HEALTHCHECK does.
package main

import (
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-health" {
		answer, err := http.Get("http://127.0.0.1:8080/health")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	fail := make(chan error, 1)
	go func() { fail <- http.ListenAndServe(":8080", http.HandlerFunc(answer)) }()
	stay, _ := time.ParseDuration(os.Getenv("LAB_STAY"))
	select {
	case err := <-fail:
		fmt.Println(err)
		os.Exit(1)
	case <-time.After(50*time.Millisecond + stay):
		fmt.Println("started")
	}
}

func answer(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") }
