#!/usr/bin/env bash
# How long a request takes to a device behind a chain of gateways, and its answer back: nodes that are gateways of
# nodes, one connection each, and a gateway with a lamp at the last. Ends and nodes are processes of their own.
#
#   benchmarks/smartapi-chain.sh [-g GATEWAYS] [-r RATE] [-s SECONDS] [-w SECONDS]
#
# GATEWAYS on the way (1, the lamp's own, unless said), RATE requests a second (500) for SECONDS (20), after the same
# for -w SECONDS (60) that are told by themselves: the node compiles. Reads first, then Writes.
set -euo pipefail
gateways=1 rate=500 seconds=20 warm=60
while getopts g:r:s:w: option; do
  case $option in
    g) gateways=$OPTARG ;; r) rate=$OPTARG ;; s) seconds=$OPTARG ;; w) warm=$OPTARG ;;
    *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
source "$(dirname "$0")/node.sh"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
declare -a all=()
finish() {
  for one in "${all[@]}"; do kill "$one" 2>/dev/null || true; done
  wait || true
  rm -rf "$work"
}
trap finish EXIT

added() { # NAME IRI DATA: prints the token
  "$root/mestral" admin gateway add "$1" --iri "$2" --data "$3" | sed -n 's/.*"token" *: *"\([^"]*\)".*/\1/p'
}

mkdir -p "$work/classes"
"${java}c" -d "$work/classes" "$root/benchmarks/SmartApiLoad.java"
for ((n = 0; n < gateways; n++)); do
  settings=(log.level=warn limits.http-per-minute=0 "node.public-url=http://node-$n.example" "smartapi.node=node-$n")
  if ((n > 0)); then
    token=$(added "node-$n" "http://node-$n.example/id/node" "$work/node-$((n - 1))")
    settings+=("uplink.url=mqtt://127.0.0.1:$port" "uplink.name=node-$n" "uplink.token=$token")
  fi
  start_node "node-$n" "${settings[@]}"
  all+=("$node")
  port=$(port_of mqtt)
  ((n > 0)) || http=$(port_of http)
done
token=$(added roof https://fleet.example/id/roof "$work/node-$((gateways - 1))")
"$java" -Xmx64m -XX:+UseSerialGC -cp "$work/classes" SmartApiLoad gateway "$port" roof "$token" &
all+=("$!")
sleep 3
admin=$(<"$work/node-0/admin.token")
ask() { "$java" -Xmx128m -XX:+UseSerialGC -cp "$work/classes" SmartApiLoad ask "$http" "$admin" "$@"; }
echo "$gateways gateways, $(nproc) cores, load $(cut -d' ' -f1-3 /proc/loadavg), $(date -u +%F)"
for kind in read write; do
  ask "$kind" "$rate" "$seconds" "$warm"
done
