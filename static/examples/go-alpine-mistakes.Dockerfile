# ---
# title: Go on Alpine, with mistakes
# lesson: A second stage is a good start. Eight small things still bite.
# findings: from-as-casing copy-before-install cd-instead-of-workdir go-symbols latest-tag apk-cache no-user shell-form
# ---
FROM golang:1.26-alpine as build

COPY . /src
RUN cd /src && go mod download
WORKDIR /src
RUN CGO_ENABLED=0 go build -o /server ./cmd/server

FROM alpine:latest
RUN apk add tzdata
COPY --from=build /server /server
EXPOSE 8080
CMD /server --addr :8080
