// A guest book with templates, compression, archives and a database driver of the user's choice.
package main

import (
	"archive/zip"
	"compress/gzip"
	"database/sql"
	"encoding/csv"
	"encoding/xml"
	"html/template"
	"image/png"
	"log/slog"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"regexp"
	"strings"
)

var page = template.Must(template.New("page").Parse(`<ul>{{range .}}<li>{{.}}</li>{{end}}</ul>`))
var name = regexp.MustCompile(`^[\p{L} ]+$`)

type feed struct {
	XMLName xml.Name `xml:"feed"`
	Entry   []string `xml:"entry"`
}

func main() {
	db, err := sql.Open(os.Getenv("DRIVER"), os.Getenv("DSN"))
	if err != nil {
		slog.Error("open", "err", err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		rows, err := db.QueryContext(r.Context(), "select name from guests")
		if err != nil {
			http.Error(w, err.Error(), 500)
			return
		}
		defer rows.Close()
		var names []string
		for rows.Next() {
			var n string
			rows.Scan(&n)
			names = append(names, n)
		}
		switch r.URL.Query().Get("as") {
		case "csv":
			csv.NewWriter(w).Write(names)
		case "xml":
			xml.NewEncoder(w).Encode(feed{Entry: names})
		case "zip":
			z := zip.NewWriter(w)
			f, _ := z.Create("guests.txt")
			f.Write([]byte(strings.Join(names, "\n")))
			z.Close()
		default:
			g := gzip.NewWriter(w)
			w.Header().Set("Content-Encoding", "gzip")
			page.Execute(g, names)
			g.Close()
		}
	})
	http.HandleFunc("/sign", func(w http.ResponseWriter, r *http.Request) {
		n := r.FormValue("name")
		if !name.MatchString(n) {
			http.Error(w, "no name", 400)
			return
		}
		db.ExecContext(r.Context(), "insert into guests values ($1)", n)
		smtp.SendMail(os.Getenv("SMTP"), nil, "a@example.org", []string{"b@example.org"}, []byte(n))
		http.Redirect(w, r, "/?"+url.Values{"as": {"html"}}.Encode(), http.StatusSeeOther)
	})
	http.HandleFunc("/picture", func(w http.ResponseWriter, r *http.Request) {
		if _, err := png.DecodeConfig(r.Body); err != nil {
			http.Error(w, err.Error(), 400)
		}
	})
	slog.Error("stopped", "err", http.ListenAndServe(":8080", nil))
}
