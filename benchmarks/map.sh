#!/usr/bin/env bash
# How long the map of the world takes: one measure of many devices, whole, while readings come and while none do.
#
#   benchmarks/map.sh [-n DEVICES] [-m MINUTES]
#
# Every device has ten sensors; of one of them it has a reading a minute for so many minutes. The viewer runs on the same
# machine; everything listens on 127.0.0.1 and stops by itself. Needs python3.
set -euo pipefail
devices=100000 minutes=30
while getopts n:m: flag; do
  case $flag in
    n) devices=$OPTARG ;;
    m) minutes=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT

start_node map # makes the folder and its first account
stop_node
java -cp "$root/node/target/mestral/lib/*" "$root/benchmarks/MapFill.java" "$work/map" "$devices" "$minutes" 2>"$work/fill.log" ||
  { cat "$work/fill.log" >&2; exit 1; }
start_node map limits.http-per-minute=0
for question in measure=pm25 'measure=pm25&mean=1h'; do
  python3 "$root/benchmarks/map.py" "http://127.0.0.1:$(port_of http)" "$work/map/admin.token" 87 "/v0/map/points?$question"
done
