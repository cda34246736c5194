#!/usr/bin/env bash
# What people and pages ask for most: one device, a page of a hundred, and whether the map of the world has changed.
#
#   benchmarks/http.sh [-n DEVICES] [-s SECONDS] [-r REPEATS]
#
# Every device has ten sensors with a reading, every person five devices. The node has one core, wrk the other; a reading a second is posted meanwhile, so that the
# map keeps changing. Everything listens on 127.0.0.1 and stops by itself. Needs wrk and curl (Debian packages of these names).
set -euo pipefail
devices=5000 seconds=10 repeats=3
while getopts n:s:r: flag; do
  case $flag in
    n) devices=$OPTARG ;;
    s) seconds=$OPTARG ;;
    r) repeats=$OPTARG ;;
    *) exit 2 ;;
  esac
done
for tool in wrk curl taskset; do
  command -v "$tool" >/dev/null || { echo "$tool is needed" >&2; exit 2; }
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
poster=
stop_all() {
  [[ -n $poster ]] && kill "$poster" 2>/dev/null
  stop_node
  rm -rf "$work"
}
trap stop_all EXIT

start_node http # makes the folder and its first account
stop_node
java -cp "$root/node/target/mestral/lib/*" "$root/benchmarks/MapFill.java" "$work/http" "$devices" 1 5 2>"$work/fill.log" ||
  { cat "$work/fill.log" >&2; exit 1; }
start_node http limits.http-per-minute=0
taskset -a -p -c 0 "$node" >/dev/null
url="http://127.0.0.1:$(port_of http)"
token=$(cat "$work/http/admin.token")

post() { # DEVICE: a reading of now
  curl -sf -o "$work/posted" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' "$url/v0/devices/$1/readings" \
    -d "{\"data\":[{\"recorded_at\":\"$(date -u +%FT%TZ)\",\"sensors\":[{\"id\":87,\"value\":$((RANDOM % 100))}]}]}"
}
keep_posting() {
  local device=0
  while sleep 1; do
    device=$((device % devices + 1))
    post "$device"
  done
}

measure() { # NAME URL HEADER...
  local name=$1 target=$2 header
  shift 2
  local -a headers=()
  for header in "$@"; do headers+=(-H "$header"); done
  for _ in $(seq "$repeats"); do
    taskset -c 1 wrk -t1 -c32 -d"${seconds}s" --latency "${headers[@]}" "$target" >"$work/wrk"
    awk -v name="$name" '/50%|99%/ { p[$1] = $2 } /Requests\/sec/ { rate = $2 } /Transfer\/sec/ { bytes = $2 } /Non-2xx/ { others = $0 }
      END { printf "  %s: %s requests/s, %s/s, p50 %s, p99 %s%s\n", name, rate, bytes, p["50%"], p["99%"], others }' "$work/wrk"
  done
}

etag() { curl -sf -o "$work/map" -D - -H 'Accept-Encoding: gzip' "$url/v0/devices/world_map" | tr -d '\r' | sed -n 's/^etag: //Ip'; }

echo "$devices devices"
begun=$(date +%s%N)
tag=$(etag)
echo "  first map: $((($(date +%s%N) - begun) / 1000000)) ms, $(stat -c %s "$work/map") bytes compressed"
measure 'GET /v0/devices/:id' "$url/v0/devices/$((devices / 2))"
measure 'a page of 100 devices' "$url/v0/devices?per_page=100&page=3"
measure 'a page of 100 devices, compressed' "$url/v0/devices?per_page=100&page=3" 'Accept-Encoding: gzip'
tag=$(etag) # after a first start the map changes for a while by itself
measure 'the map, not changed' "$url/v0/devices/world_map" 'Accept-Encoding: gzip' "If-None-Match: $tag"
measure 'the map, whole, compressed' "$url/v0/devices/world_map" 'Accept-Encoding: gzip'
keep_posting &
poster=$!
measure 'the map, whoever has it or not, while it changes' "$url/v0/devices/world_map" 'Accept-Encoding: gzip' "If-None-Match: $tag"
