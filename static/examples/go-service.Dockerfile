# ---
# title: Go service, done well
# lesson: Two stages, dependencies first, a static binary, no shell, no root.
# findings: none
# ---
# syntax=docker/dockerfile:1
FROM golang:1.26-alpine AS build
WORKDIR /src

# Dependencies change less often than code, so they get a layer of their own.
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod \
    go mod download

COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/server ./cmd/server

# Only the program ships: certificates, zone data and a user are in this base.
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /out/server /server
EXPOSE 8080
ENTRYPOINT ["/server"]
