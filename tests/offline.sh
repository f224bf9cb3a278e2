#!/bin/sh
# Cuts the network: runs a command in a network namespace that has a loopback device and no route.
#
#   tests/offline.sh cargo xtask test    any command
#   tests/offline.sh                     serves the page, by xtask and by Trunk alone, and fetches it
#
# `cargo xtask setup --tests` must have been run once with a network. Needs Linux, root, `unshare`
# (util-linux), `ip` (iproute2) and curl.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${CUT_OFF:-}" ]; then
    exec env CUT_OFF=1 unshare --net sh "$0" "$@"
fi
ip link set lo up
[ -z "$(ip route)" ] || { echo "there is a route" >&2; exit 1; }

if [ $# -gt 0 ]; then
    exec "$@"
fi

# Waits until a server answers with the page and its module, and ends it.
look() {
    tries=0
    until html=$(curl --silent --fail http://127.0.0.1:8080/); do
        tries=$((tries + 1))
        if [ $tries -ge 1800 ] || ! kill -0 "$2" 2> /dev/null; then
            echo "$1: nothing came" >&2
            exit 1
        fi
        sleep 1
    done
    wasm=$(echo "$html" | grep -o 'playground-[0-9a-f]*_bg\.wasm' | head -1)
    bytes=$(curl --silent --fail "http://127.0.0.1:8080/$wasm" | wc -c)
    [ "$bytes" -gt 100000 ] || { echo "$1: no module" >&2; exit 1; }
    echo "$1: serves $wasm, $bytes bytes"
    kill "$2"
    wait "$2" || true
}

# Built first, so that what is ended is the server and no cargo before it.
cargo build --quiet --offline --package xtask
target/debug/xtask serve --offline &
look "cargo xtask serve --offline" $!

eval "$(target/debug/xtask env)"
trunk serve --offline &
look "trunk serve --offline" $!
