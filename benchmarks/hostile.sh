#!/usr/bin/env bash
# What one bad neighbour costs the others: p99 from publisher to subscriber of ten pairs, 1,000 messages/s together at QoS 1,
# alone and beside each neighbour in turn. The neighbour is scheduled idle (SCHED_IDLE) and comes from 127.0.0.2: it gets
# all the time the others leave, and what it costs them is what the broker does for it, not the core that it takes itself.
# "busy" tells what is left of that: it leaves the broker alone and only takes a core. "throttled" is "flood" on a node that takes 10,000 packets a second from one
# client, as it does by itself unless mqtt.access is open; "guessers" are
# "strangers" on a node that looks at each wrong password, however many there were.
#
#   BENCH_TOOLS=DIR benchmarks/hostile.sh [-r ROUNDS] [-s SECONDS] [-k KIND,...]
#
# DIR holds mqttload.c. Needs gcc, python3. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
tools=${BENCH_TOOLS:?folder of mqttload.c}
rounds=3 seconds=8 kinds=busy,deaf,narrow,half,strangers,guessers,garbage,flood,throttled
while getopts r:s:k: flag; do
  case $flag in
    r) rounds=$OPTARG ;;
    s) seconds=$OPTARG ;;
    k) kinds=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
neighbour=
leave() { [[ -z $neighbour ]] || { kill "$neighbour" 2>/dev/null && wait "$neighbour" 2>/dev/null; } || true; neighbour=; }
trap 'leave; stop_node; rm -rf "$work"' EXIT
gcc -O2 -o "$work/mqttload" "$tools/mqttload.c"

measure() { # PORT SECONDS: one line of JSON
  "$work/mqttload" throughput --qos 1 --pubs 10 --subs 10 --size 64 --rate 1000 --port "$1" --pid "$node" --secs "$2" \
    --warmup 2 --json
}

still() { # KIND: whether the neighbour is still being one
  kill -0 "$neighbour" 2>/dev/null || { echo "$1 stopped being one" >&2; return 1; }
}

beside() { # KIND ROUND
  local kind=$1 line
  case $1 in throttled) kind=flood ;; guessers) kind=strangers ;; esac
  python3 "$root/benchmarks/neighbour.py" "$kind" "$port" "$((seconds + 20))" >"$work/neighbour" &
  neighbour=$!
  for _ in $(seq 200); do grep -q ready "$work/neighbour" && break; sleep 0.1; done
  still "$1" || exit 1
  grep -q ready "$work/neighbour" || { echo "$1 isn't ready" >&2; exit 1; }
  line=$(measure "$port" "$seconds")
  still "$1" || exit 1
  leave
  echo "{\"kind\":\"$1\",\"round\":$2,${line#\{}" >>"$work/runs"
}

each_kind() { # KIND...: beside each, and alone before it, so that noise hits both
  local round kind
  port=$(port_of mqtt)
  measure "$port" 10 >/dev/null # code that isn't compiled yet
  for round in $(seq "$rounds"); do
    for kind in "$@"; do
      beside idle "$round"
      beside "$kind" "$round"
    done
  done
}

: >"$work/runs"
IFS=, read -ra asked <<<"$kinds"
free=() limited=() patient=()
for kind in "${asked[@]}"; do
  case $kind in throttled) limited+=("$kind") ;; guessers) patient+=("$kind") ;; *) free+=("$kind") ;; esac
done
if ((${#free[@]})); then start_node free mqtt.access=open; each_kind "${free[@]}"; stop_node; fi
if ((${#limited[@]})); then start_node limited mqtt.access=open mqtt.max-rate=10000; each_kind "${limited[@]}"; stop_node; fi
if ((${#patient[@]})); then
  start_node patient mqtt.access=open limits.wrong-logins-per-minute=0; each_kind "${patient[@]}"; stop_node
fi

python3 - "$work/runs" <<'PY'
import json, statistics, sys
runs = [json.loads(line) for line in open(sys.argv[1])]
print(f"{'neighbour':10} {'p99 beside it, ms':>24} {'alone before, ms':>24} {'ratio':>6} {'others cores':>12} {'lost':>5}")
for kind in dict.fromkeys(run["kind"] for run in runs if run["kind"] != "idle"):
    with_it = [(i, run) for i, run in enumerate(runs) if run["kind"] == kind]
    alone = [runs[i - 1]["e2e_p99_us"] / 1000 for i, _ in with_it]
    beside = [run["e2e_p99_us"] / 1000 for _, run in with_it]
    ratio = statistics.median(b / a for a, b in zip(alone, beside))
    show = lambda v: f"{statistics.median(v):.2f} ({min(v):.2f} … {max(v):.2f})"
    other = statistics.median(run["other_cpu_cores"] for _, run in with_it)
    print(f"{kind:10} {show(beside):>24} {show(alone):>24} {ratio:6.2f} {other:12.2f} {sum(run['lost'] for _, run in with_it):5}")
PY
