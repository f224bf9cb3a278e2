// Command server answers over HTTP, and tells what it finds around it.
package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/shop/internal/native"
	"example.com/shop/internal/version"
)

func port() string {
	if port := os.Getenv("PORT"); port != "" {
		return port
	}
	return "8080"
}

func check() int {
	answer, err := http.Get("http://127.0.0.1:" + port() + "/healthz")
	if err != nil || answer.StatusCode != http.StatusOK {
		return 1
	}
	return 0
}

func facts() map[string]any {
	_, zone := time.LoadLocation("Europe/Berlin")
	pool, err := x509.SystemCertPool()
	roots := err == nil && !pool.Equal(x509.NewCertPool())
	static, _ := os.ReadFile("static/page.txt")
	return map[string]any{
		"uid":          os.Getuid(),
		"zones":        zone == nil,
		"certificates": roots,
		"answer":       native.Answer(),
		"version":      version.Text(),
		"static":       string(static),
		"greeting":     os.Getenv("GREETING"),
	}
}

func main() {
	if len(os.Args) > 1 {
		os.Exit(check())
	}
	http.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(facts())
	})
	server := &http.Server{Addr: ":" + port(), ReadHeaderTimeout: time.Second}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		panic(err)
	}
}
