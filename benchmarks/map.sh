#!/usr/bin/env bash
# How long the map of the world takes: one measure of many devices, whole, while readings come and while none do.
#
#   benchmarks/map.sh [-n DEVICES] [-m MINUTES] [-p]
#
# With -p the devices are in a real PostgreSQL on the same machine.
# Every device has ten sensors; of one of them it has a reading a minute for so many minutes. The viewer runs on the same
# machine; everything listens on 127.0.0.1 and stops by itself. Needs python3.
set -euo pipefail
devices=100000 minutes=30 postgresql=
while getopts n:m:p flag; do
  case $flag in
    n) devices=$OPTARG ;;
    m) minutes=$OPTARG ;;
    p) postgresql=1 ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
# shellcheck source=benchmarks/server.sh
source "$(dirname "$0")/server.sh"
trap 'stop_node; stop_server; rm -rf "$work"' EXIT

metadata=() filled=("$work/map" "$devices" "$minutes" 0)
if [[ -n $postgresql ]]; then
  start_server postgresql
  metadata=("storage.metadata=$server_url")
  filled+=("$server_url")
fi
start_node map "${metadata[@]}" # makes the folder and its first account
stop_node
java -cp "$root/node/target/mestral/lib/*" "$root/benchmarks/MapFill.java" "${filled[@]}" 2>"$work/fill.log" ||
  { cat "$work/fill.log" >&2; exit 1; }
start_node map "${metadata[@]}" limits.http-per-minute=0
for question in measure=pm25 'measure=pm25&mean=1h'; do
  python3 "$root/benchmarks/map.py" "http://127.0.0.1:$(port_of http)" "$work/map/admin.token" 87 "/v0/map/points?$question"
done
