#!/usr/bin/env bash
# Ingestion, side by side: 200 devices publish JSON of ten sensors with QoS 1 and window 16 to a Mestral node
# (parsed, stored, synced before PUBACK) and to Mosquitto (a plain acknowledgement, nobody subscribed), in turn.
#
#   BENCH_TOOLS=DIR benchmarks/ingest.sh [-r ROUNDS] [-o OUT_PREFIX]
#
# DIR holds mqttload.c. Needs gcc, mosquitto, python3. Everything listens on 127.0.0.1 and stops by itself.
# OUT_PREFIX.jsonl: every run. The table on stdout: medians.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
rounds=3 out=
while getopts r:o: flag; do
  case $flag in
    r) rounds=$OPTARG ;;
    o) out=$OPTARG ;;
    *) exit 2 ;;
  esac
done
secs=${SECS:-8} warmup=${WARMUP:-4} window=${WINDOW:-16} devices=200
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
out=${out:-$work/ingest}
mosquitto=
trap '[[ -z $mosquitto ]] || kill "$mosquitto" || true; stop_node; wait; rm -rf "$work"' EXIT

gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"

start_node data limits.http-per-minute=0
port=$(port_of mqtt)
"$root/mestral" admin device add bench --count "$devices" --data "$work/data" |
  sed -n 's/.*"device_token" *: *"\([^"]*\)".*/\1/p' >"$work/tokens"
[ "$(wc -l <"$work/tokens")" -eq "$devices" ]

printf 'listener 29131 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 1000\nmax_queued_messages 2000000\nset_tcp_nodelay true\n' >"$work/mosquitto.conf"
"$(command -v mosquitto || echo /usr/sbin/mosquitto)" -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
mosquitto=$!
sleep 1

sensors=
for id in 55 56 53 58 14 10 87 88 89 112; do sensors+="{\"id\":$id,\"value\":{v}},"; done
payload="{\"data\":[{\"recorded_at\":\"{iso}\",\"sensors\":[${sensors%,}]}]}"

run() { # NAME PORT PID
  "$work/mqttload" ingest --port "$2" --pid "$3" --pubs "$devices" --window "$window" --tokens-file "$work/tokens" \
    --token '{tok}' --topic 'device/sck/{tok}/readings' --payload "$payload" --secs "$secs" --warmup "$warmup" \
    --label "$1" --json | tail -n 1
}
: >"$out.jsonl"
for round in $(seq 0 "$rounds"); do # round 0 warms up and is not recorded
  for target in "mosquitto 29131 $mosquitto" "mestral $port $node"; do
    # shellcheck disable=SC2086
    line=$(run $target)
    [ "$round" -eq 0 ] || echo "$line" >>"$out.jsonl"
  done
done
python3 - "$out.jsonl" <<'PY'
import json, statistics, sys
runs = [json.loads(line) for line in open(sys.argv[1])]
keys = ("acked_per_s", "cpu_us_per_msg", "ack_p50_us", "ack_p99_us", "broker_cpu_cores", "broker_rss_mib", "client_cpu_cores",
        "other_cpu_cores", "nacked", "disconnects", "timed_out")
print(f"{'median (min … max)':18}" + "".join(f"{name:>36}" for name in ("mosquitto", "mestral")))
for key in keys:
    cells = []
    for name in ("mosquitto", "mestral"):
        values = [run[key] for run in runs if run["label"] == name]
        cells.append(f"{statistics.median(values):,.2f} ({min(values):,.2f} … {max(values):,.2f})")
    print(f"{key:18}" + "".join(f"{cell:>36}" for cell in cells))
PY
