# ---
# title: Go with SQLite (cgo)
# lesson: A cgo binary needs the same libc where it is built and where it runs.
# findings: none
# ---
# syntax=docker/dockerfile:1
FROM golang:1.26-trixie AS build
WORKDIR /src

COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download

# github.com/mattn/go-sqlite3 is C code: it needs cgo, gcc and, at run time, glibc.
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=1 go build -trimpath -ldflags="-s -w" -o /out/notes ./cmd/notes

# The same Debian as the builder, so its glibc is never too old.
FROM debian:trixie-slim
RUN useradd --system --uid 10001 --create-home --home-dir /data notes
COPY --from=build /out/notes /usr/local/bin/notes
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/notes"]
