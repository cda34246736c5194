#!/usr/bin/env bash
# How soon a node takes clients, and what it needs: from the command to the ready line on an empty folder and on the same
# folder again, and resident memory three seconds later.
#
#   benchmarks/start.sh [-r ROUNDS]
#
# Needs python3. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
rounds=5
while getopts r: flag; do
  case $flag in
    r) rounds=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT
mkfifo "$work/pipe"

start() { # PROFILE FOLDER KIND: one line of seconds and MiB
  local began=$EPOCHREALTIME line
  "$root/mestral" up --data "$work/$2" --set http.port=0 --set mqtt.port=0 --set node.profile="$1" >"$work/pipe" 2>"$work/log" &
  node=$!
  exec 5<"$work/pipe"
  until read -r line <&5 && [[ $line == ready* ]]; do
    kill -0 "$node" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  done
  local ready=$EPOCHREALTIME
  sleep 3
  echo "$1 $3 $began $ready $(sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$node/status")" >>"$work/runs"
  stop_node
  exec 5<&-
}

start_node built # that it is, and its classes recorded
stop_node
for profile in cloud edge; do
  for ((round = 1; round <= rounds; round++)); do
    start "$profile" "$profile$round" empty
    start "$profile" "$profile$round" again
  done
done
python3 - "$work/runs" <<'PY'
import statistics, sys
runs = [line.split() for line in open(sys.argv[1])]
show = lambda values: f"{statistics.median(values):.2f} ({min(values):.2f} … {max(values):.2f})"
for profile in ("cloud", "edge"):
    for kind in ("empty", "again"):
        some = [run for run in runs if run[:2] == [profile, kind]]
        print(f"{profile:6} {kind:6} {show([float(r[3]) - float(r[2]) for r in some])} s"
              f"   {show([int(r[4]) / 1024 for r in some])} MiB")
PY
