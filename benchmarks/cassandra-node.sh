#!/usr/bin/env bash
# A node with its readings in a real Cassandra, all on this machine: a year of minutes of twelve sensors, uploaded as one
# file and asked for over HTTP, then messages of ten sensors over MQTT at a steady rate, until the cluster has them.
#
#   BENCH_TOOLS=DIR benchmarks/cassandra-node.sh [-y DAYS] [-d DEVICES] [-r MESSAGES_PER_SECOND] [-s SECONDS]
#
# DIR holds mqttload.c. Needs gcc, curl, python3. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
days=365 devices=500 rate=2000 secs=30
while getopts y:d:r:s: flag; do
  case $flag in
    y) days=$OPTARG ;;
    d) devices=$OPTARG ;;
    r) rate=$OPTARG ;;
    s) secs=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
# shellcheck source=benchmarks/server.sh
source "$(dirname "$0")/server.sh"
trap 'stop_node; stop_server; rm -rf "$work"' EXIT
gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"

SERVER_OPTS=-Dcassandra.tier=4 start_server cassandra
start_node cluster "storage.readings=$server_url" limits.http-per-minute=0 csv.max-upload=1GiB
url=http://127.0.0.1:$(port_of http)
metric() { curl -s "$url/metrics" | awk -v name="$1" '{ split($1, at, "{") } at[1] == name { sum += $NF } END { printf "%.0f", sum }'; }
until_none() { until [[ $(metric "$1") == 0 ]]; do sleep 0.2; done; }
since() { python3 -c "print(f'{$EPOCHREALTIME - $1:.1f}')"; }

echo "a year of minutes, 12 sensors ($days days of it):"
device=$("$root/mestral" admin device add bench --data "$work/cluster" | sed -n 's/.*"id" *: *\([0-9]*\).*/\1/p')
python3 "$root/benchmarks/year.py" "$days" >"$work/year.csv"
began=$EPOCHREALTIME
curl -s -o "$work/told" -H "Authorization: Bearer $(cat "$work/cluster/admin.token")" -H 'Content-Type: text/csv' -H 'Expect:' \
  -T "$work/year.csv" -X POST "$url/v0/devices/$device/readings/upload?file=year.csv"
grep -q "\"readings\":$((days * 1440 * 12))," "$work/told" || { head -c 2000 "$work/told"; exit 1; }
echo "uploaded after $(since "$began") s"
until_none mestral_cassandra_backlog
echo "in the cluster after $(since "$began") s"
until_none mestral_cassandra_dirty_hours
echo "summed up after $(since "$began") s"
python3 "$root/benchmarks/readings.py" "$url" 55 2025-01-01 2026-01-01 2025-01-02

"$root/mestral" admin device add bench --count "$devices" --data "$work/cluster" |
  sed -n 's/.*"device_token" *: *"\([^"]*\)".*/\1/p' >"$work/tokens"
sensors=
for id in 55 56 53 58 14 10 87 88 89 112; do sensors+="{\"id\":$id,\"value\":{v}},"; done
payload="{\"data\":[{\"recorded_at\":\"{iso}\",\"sensors\":[${sensors%,}]}]}"
load() { # SECONDS: one line of JSON
  "$work/mqttload" ingest --port "$(port_of mqtt)" --pid "$node" --pubs "$devices" --window 16 --tokens-file "$work/tokens" --token '{tok}' \
    --topic 'device/sck/{tok}/readings' --payload "$payload" --rate "$rate" --secs "$1" --json | tail -n 1
}
load 5 >"$work/warm" # makes the components, too
until_none mestral_cassandra_backlog
before=$(metric mestral_cassandra_carried_total)
began=$EPOCHREALTIME
load "$secs" >"$work/run"
left=$(metric mestral_cassandra_backlog)
until_none mestral_cassandra_backlog
python3 - "$work/run" "$(($(metric mestral_cassandra_carried_total) - before))" "$(since "$began")" "$left" <<'PY'
import json, sys
run, carried, seconds, left = json.load(open(sys.argv[1])), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]
print(f"messages of ten sensors, QoS 1: {run['acked_per_s']:,.0f}/s acknowledged, p50 {run['ack_p50_us'] / 1000:.1f} ms,"
      f" p99 {run['ack_p99_us'] / 1000:.1f} ms, {run['cpu_us_per_msg']:.0f} us CPU of the node each")
print(f"carried over: {carried / 10:,.0f} messages in {seconds} s, {carried / 10 / seconds:,.0f}/s;"
      f" {left} waited when the last one was acknowledged")
PY
