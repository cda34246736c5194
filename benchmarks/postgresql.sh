#!/usr/bin/env bash
# Metadata in a real PostgreSQL on the same machine: how long it takes to find a device by its token, each time in the
# database, one after the other and sixteen at a time. (The map with that database is benchmarks/map.sh -p.)
#
#   benchmarks/postgresql.sh [-n DEVICES] [-l LOOKUPS]
#
# Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
devices=100000 lookups=20000
while getopts n:l: flag; do
  case $flag in
    n) devices=$OPTARG ;;
    l) lookups=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
# shellcheck source=benchmarks/server.sh
source "$(dirname "$0")/server.sh"
trap 'stop_node; stop_server; rm -rf "$work"' EXIT

start_server postgresql
start_node tokens "storage.metadata=$server_url" # makes the tables and the first account
stop_node
java -Xmx512m -cp "$root/node/target/mestral/lib/*" "$root/benchmarks/TokenLookUps.java" "$server_url" "$devices" "$lookups" \
  2>"$work/lookups.log" || { cat "$work/lookups.log" >&2; exit 1; }
