#!/usr/bin/env bash
# What a reading costs and how soon it is found: the CPU and the bytes written for each while 200 devices publish, the
# bytes on disk when they come in order and late, and one sensor's day and year asked for over HTTP.
#
#   BENCH_TOOLS=DIR benchmarks/readings.sh [-s SECONDS]
#
# DIR holds mqttload.c. Needs gcc, curl, python3. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
secs=20
while getopts s: flag; do
  case $flag in
    s) secs=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT
gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"
sensors=
for id in 14 53 55 56 58 87 88 89 113 128 129 130; do sensors+=",{\"id\":$id,\"value\":{v}}"; done
payload="{\"data\":[{\"recorded_at\":\"{iso}\",\"sensors\":[${sensors#,}]}]}"

ingest() { # through sealing, with few readings in memory
  start_node ingest limits.http-per-minute=0 storage.open-readings=500000
  "$root/mestral" admin device add bench --count 200 --data "$work/ingest" |
    sed -n 's/.*"device_token" *: *"\([^"]*\)".*/\1/p' >"$work/tokens"
  local before after
  before=$(awk '/^write_bytes/ { print $2 }' "/proc/$node/io")
  "$work/mqttload" ingest --port "$(port_of mqtt)" --pid "$node" --pubs 200 --window 16 --tokens-file "$work/tokens" --token '{tok}' \
    --topic 'device/sck/{tok}/readings' --payload "$payload" --secs "$secs" --warmup 5 --json | tail -n 1 >"$work/told"
  after=$(awk '/^write_bytes/ { print $2 }' "/proc/$node/io")
  curl -s "http://127.0.0.1:$(port_of http)/metrics" | awk '/^mestral_readings_appended_total/ { print $2 }' >"$work/appended"
  stop_node
  python3 - "$work/told" "$work/appended" "$before" "$after" <<'PY'
import json, sys
told, appended = json.load(open(sys.argv[1])), float(open(sys.argv[2]).read())
print(f"ingest    {told['acked_per_s'] * 12:12,.0f} readings/s {told['cpu_us_per_msg'] / 12:8.2f} us CPU each"
      f" {(int(sys.argv[4]) - int(sys.argv[3])) / appended:8.1f} bytes written each")
PY
}

fill() { # NAME DEVICES FROM STEP COUNT ORDER OPEN
  java -Xmx1g -cp "$root/node/target/mestral/lib/*" "$root/benchmarks/ReadingsFill.java" "$work/$1" "$2" 12 "${@:3}" 2>"$work/$1.log" ||
    { cat "$work/$1.log" >&2; exit 1; }
}

ingest
echo 'a reading each 10 minutes for 60 days, 20 devices, 12 sensors:'
for order in ordered backwards random; do fill "$order" 20 1762387200 600 8640 "$order" 200000; done

echo 'a year of minutes, 12 sensors:'
start_node year # makes the folder, a device and its sensors
token=$(cat "$work/year/admin.token")
"$root/mestral" admin device add bench --data "$work/year" >"$work/told"
curl -s -o "$work/told" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d "$(sed 's|{iso}|2025-11-06T00:00:00Z|; s|{v}|1|g' <<<"$payload")" "http://127.0.0.1:$(port_of http)/v0/devices/1/readings"
stop_node
fill year 1 1762387200 60 525600 ordered 200000
start_node year limits.http-per-minute=0
python3 "$root/benchmarks/readings.py" "http://127.0.0.1:$(port_of http)" 55 2025-11-06 2026-11-06 2026-05-06
