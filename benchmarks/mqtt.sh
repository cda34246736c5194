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
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
out=${out:-$work/mqtt}
trap 'stop_node; rm -rf "$work"' EXIT

compare() { # OUT_PREFIX SCENARIOS
  local port
  port=$(port_of mqtt)
  BENCH_WORK=${BENCH_WORK:-$work/tools} "$tools/compare.sh" -r "$rounds" -s "$2" -o "$1" mosquitto "mestral=$port:$node"
}

without_conns=$(tr , '\n' <<<"$scenarios" | grep -vx conns | paste -sd, || true)
if [[ -n $without_conns ]]; then
  start_node loaded mqtt.access=open storage.sync=always
  compare "$out" "$without_conns"
  stop_node
fi
if [[ ",$scenarios," == *,conns,* ]]; then
  start_node idle mqtt.access=open storage.sync=always
  compare "$out-conns" conns
  stop_node
fi
