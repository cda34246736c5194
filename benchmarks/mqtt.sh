#!/usr/bin/env bash
# The broker beside Mosquitto, scenario by scenario in turn, on this machine: medians and ratios to Mosquitto.
#
#   BENCH_TOOLS=DIR benchmarks/mqtt.sh [-r ROUNDS] [-s SCENARIO,...] [-o OUT_PREFIX]
#
# DIR holds compare.sh, which knows the scenarios; the node takes part as a broker that already runs: open to all, every
# acknowledgement after an fsync, on data that are thrown away. Connections are counted on a node of their own, just
# started. Needs gcc, mosquitto, python3. Everything listens on 127.0.0.1 and stops by itself.
# OUT_PREFIX.jsonl and OUT_PREFIX-conns.jsonl: every run. The tables on stdout: medians.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tools=${BENCH_TOOLS:?folder of compare.sh}
rounds=3 out=
scenarios=q0_1to1,q1_fanin,q1_fanout,q2_1to1,q1_rate,ingest_w1,ingest_w16,offline,retained,conns
while getopts r:s:o: flag; do
  case $flag in
    r) rounds=$OPTARG ;;
    s) scenarios=$OPTARG ;;
    o) out=$OPTARG ;;
    *) exit 2 ;;
  esac
done
work=$(mktemp -d)
out=${out:-$work/mqtt}
node=
stop_node() {
  [[ -n $node ]] || return 0
  kill "$node" 2>/dev/null || true
  wait "$node" 2>/dev/null || true
  node=
}
trap 'stop_node; rm -rf "$work"' EXIT

start_node() { # NAME
  "$root/mestral" up --data "$work/$1" --set http.port=0 --set mqtt.port=0 --set mqtt.access=open \
    --set storage.sync=always >"$work/$1.ready" 2>"$work/$1.log" &
  node=$!
  for _ in $(seq 3000); do # the first start may have to build
    grep -q '^ready ' "$work/$1.ready" && break
    kill -0 "$node" 2>/dev/null || { cat "$work/$1.log" >&2; exit 1; }
    sleep 0.1
  done
  port=$(sed -n 's/.*"mqtt":"mqtt:\/\/[^:]*:\([0-9]*\)".*/\1/p' "$work/$1.ready")
}

compare() { # OUT_PREFIX SCENARIOS
  BENCH_WORK=${BENCH_WORK:-$work/tools} "$tools/compare.sh" -r "$rounds" -s "$2" -o "$1" mosquitto "mestral=$port:$node"
}

without_conns=$(tr , '\n' <<<"$scenarios" | grep -vx conns | paste -sd, || true)
if [[ -n $without_conns ]]; then
  start_node loaded
  compare "$out" "$without_conns"
  stop_node
fi
if [[ ",$scenarios," == *,conns,* ]]; then
  start_node idle
  compare "$out-conns" conns
  stop_node
fi
