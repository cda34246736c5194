#!/usr/bin/env bash
# Whether a node under load grows: kits that ingest, pairs at QoS 1, retained topics, and a queue that fills and drains, at
# 60 % of what a short calibration reached. Every 10 s: what is live on the heap after a collection, and resident memory.
#
#   BENCH_TOOLS=DIR benchmarks/soak.sh -m MINUTES [-o SAMPLES_FILE]
#
# DIR holds mqttload.c. Needs gcc, python3, curl, ss. Prints how much both grew after the first five minutes (in a run of less than
# ten: after the first half), and ends with 1 when that is more than 5 %, or when anything was refused meanwhile. Readings that
# wait for their blocks (at most 200,000 here, so that they don't hide what grows) and the queue that fills move the heap up and down
# between two samples: what counts is the mean of the last third against that of the first; how sure that of the first is,
# and the least of each, are printed beside.
# The heap has its full size from the beginning (HEAP, 1g), so that resident memory only grows by what isn't heap.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
minutes=30 out=
while getopts m:o: flag; do
  case $flag in
    m) minutes=$OPTARG ;;
    o) out=$OPTARG ;;
    *) exit 2 ;;
  esac
done
heap=${HEAP:-1g} devices=200
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
out=${out:-$work/samples}
loads=()
end_loads() {
  for load in ${loads[@]+"${loads[@]}"}; do kill -- "-$load" 2>/dev/null || true; done
  for load in ${loads[@]+"${loads[@]}"}; do wait "$load" 2>/dev/null || true; done
  loads=()
}
trap 'end_loads; stop_node; rm -rf "$work"' EXIT
gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"

MESTRAL_JAVA_OPTS="-Xms$heap -Xmx$heap -XX:+AlwaysPreTouch -Xlog:gc:file=$work/gc.log" start_node soak mqtt.access=open limits.http-per-minute=0 storage.open-readings=200000
port=$(port_of mqtt)
"$root/mestral" admin device add soak --count "$devices" --data "$work/soak" |
  sed -n 's/.*"device_token" *: *"\([^"]*\)".*/\1/p' >"$work/tokens"
sensors=
for id in 55 56 53 58 14 10 87 88 89 112; do sensors+="{\"id\":$id,\"value\":{v}},"; done
payload="{\"data\":[{\"recorded_at\":\"{iso}\",\"sensors\":[${sensors%,}]}]}"

load() { "$work/mqttload" "$@" --port "$port" --json 2>>"$work/loads.log" | tail -n 1; }

kits() { # OPTION...
  load ingest --pubs "$devices" --window 16 --tokens-file "$work/tokens" --token '{tok}' \
    --topic 'device/sck/{tok}/readings' --payload "$payload" "$@"
}

pairs() { load throughput --qos 1 --pubs 10 --subs 10 --size 64 "$@"; }

number() { python3 -c 'import json, sys; print(int(0.6 * json.loads(sys.argv[1])[sys.argv[2]]))' "$@"; }

kits --secs 10 --warmup 5 >"$work/kits" &
loads+=($!)
pairs --secs 10 --warmup 5 >"$work/pairs"
wait "${loads[0]}"
loads=()
kits_rate=$(number "$(cat "$work/kits")" acked_per_s)
pairs_rate=$(number "$(cat "$work/pairs")" recv_per_s)
echo "60 %: $kits_rate messages/s of kits, ten readings each, and $pairs_rate messages/s between pairs" >&2

again() { while :; do "$@"; done; }
set -m # a group of processes for each, to be ended together
again kits --rate "$kits_rate" --secs 600 --max-secs 660 >>"$work/results" &
loads+=($!)
again pairs --rate "$pairs_rate" --secs 600 --max-secs 660 >>"$work/results" &
loads+=($!)
again load retained --topics 5000 --pubs 5 --max-secs 60 >>"$work/results" &
loads+=($!)
again load offline --count 20000 --window 100 --size 256 --max-secs 60 >>"$work/results" &
loads+=($!)

set +m
jcmd=$(dirname "$(readlink -f "/proc/$node/exe")")/jcmd
: >"$out"
end=$((SECONDS + minutes * 60))
while ((SECONDS < end)); do
  sleep 10
  kill -0 "$node" || { echo "the node is gone" >&2; tail "$work/soak.log" >&2; exit 1; }
  "$jcmd" "$node" GC.run >/dev/null
  live=$(sed -n 's/.*Pause Full (Diagnostic Command) [0-9]*M->\([0-9]*\)M.*/\1/p' "$work/gc.log" | tail -n 1)
  resident=$(sed -n 's/VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$node/status")
  echo "$SECONDS $((live * 1024)) $resident" | tee -a "$out" >&2
done
refused=$(curl -sf -H "Authorization: Bearer $(cat "$work/soak/admin.token")" "http://127.0.0.1:$(port_of http)/metrics" |
  awk '/^mestral_(readings_refused|mqtt_publishes_refused)_total/ { sum += $2 } END { print sum + 0 }')
clients=$(ss -Htn state established "( dport = :$port )" | wc -l)
end_loads
((refused == 0 && clients >= devices)) ||
  { echo "no steady load: $refused messages or readings were refused, $clients clients are left of $((devices + 20))" >&2; exit 1; }

python3 - "$out" "$minutes" <<'PY'
import statistics, sys
samples = [tuple(map(int, line.split())) for line in open(sys.argv[1])]
begin = samples[0][0] + min(300, float(sys.argv[2]) * 30)
settled = [sample for sample in samples if sample[0] >= begin]
third = max(2, len(settled) // 3)
worst = 0
for column, name in ((1, "live heap"), (2, "resident")):
    mebibytes = [sample[column] / 1024 for sample in settled]
    first, last = mebibytes[:third], mebibytes[-third:]
    mean = statistics.mean(first)
    growth = statistics.mean(last) / mean - 1
    unsure = statistics.stdev(first) / third**0.5
    worst = max(worst, growth)
    print(
        f"{name}: {mean:.1f} ± {unsure:.1f} MiB, then {statistics.mean(last):.1f} MiB: {growth:+.1%}"
        f" in {(settled[-1][0] - settled[0][0]) / 60:.1f} minutes; least {min(first):.1f}, then {min(last):.1f}"
    )
sys.exit(1 if worst > 0.05 else 0)
PY
