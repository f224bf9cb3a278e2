# ---
# title: Go in a single stage
# lesson: The compiler, the sources and two caches ship with the program. See the Size panel.
# findings: untagged-base copy-before-install no-user shell-form toolchain-in-final-stage
# ---
FROM golang

WORKDIR /app
COPY . .

RUN go mod download
RUN go build -o server .

EXPOSE 8080
CMD ./server
