// Fetches a page every minute and serves what it saw last.
package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

type seen struct {
	Status int    `json:"status"`
	Bytes  int    `json:"bytes"`
	At     string `json:"at"`
}

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	var last atomic.Value
	last.Store(seen{})
	client := &http.Client{Timeout: 10 * time.Second}
	go func() {
		for range time.Tick(time.Minute) {
			answer, err := client.Get(os.Getenv("PAGE"))
			if err != nil {
				logger.Error("fetch", "err", err)
				continue
			}
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			last.Store(seen{answer.StatusCode, len(body), time.Now().Format(time.RFC3339)})
			logger.Info("fetch", "status", answer.StatusCode, "bytes", len(body))
		}
	}()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(last.Load())
	})
	logger.Info("listening")
	logger.Error("stopped", "err", http.ListenAndServe(":8080", nil))
}
