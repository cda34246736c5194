#!/usr/bin/env bash
# How fast clients come back all at once, to a node that has just started and, on the same node, once more and again.
#
#   BENCH_TOOLS=DIR benchmarks/connects.sh [-n CONNECTIONS] [-r NODES] [-t TIMES_EACH]
#
# DIR holds mqttload.c. Needs gcc, python3. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
connections=10000 nodes=3 times=6
while getopts n:r:t: flag; do
  case $flag in
    n) connections=$OPTARG ;;
    r) nodes=$OPTARG ;;
    t) times=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT
gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"

for ((n = 1; n <= nodes; n++)); do
  start_node "node$n" mqtt.access=open
  for ((time = 1; time <= times; time++)); do
    "$work/mqttload" connections --port "$(port_of mqtt)" --pid "$node" --conns "$connections" --src-addrs 4 --hold 4 --ping 2 --json |
      tail -n 1 | python3 -c "import json, sys
run = json.load(sys.stdin)
print('node $n, time $time: ' + ', '.join(f'{key} {run[key]}' for key in run if 'conn' in key or 'rss' in key or 'cpu_us' in key))"
  done
  stop_node
done
