#!/usr/bin/env bash
# CSV in and out, on a node of its own: a year of minutes of twelve sensors is uploaded as one SD-card file, then
# exported: one sensor, all, all packed with gzip. Prints rates, and the heap in use before and after.
#
#   benchmarks/csv.sh [DAYS]
#
# Needs curl and python3. MESTRAL_JAVA_OPTS=-Xmx256m bounds the heap; with EXPORT_JAVA_OPTS=-Xmx96m the node starts
# again with that before it exports. Everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
days=${1:-365}
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT

python3 "$root/benchmarks/year.py" "$days" >"$work/year.csv"

start_node data limits.http-per-minute=0 csv.max-upload=1GiB
url=http://127.0.0.1:$(port_of http)
token=$(cat "$work/data/admin.token")
device=$("$root/mestral" admin device add bench --data "$work/data" | sed -n 's/.*"id" *: *\([0-9]*\).*/\1/p')
cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/$node/stat"; }
heap() { curl -s "$url/metrics" | awk '/^jvm_memory_used_bytes.*area="heap"/ { sum += $NF } END { printf "%.0f", sum / 1048576 }'; }
report() { # NAME UNITS SECONDS CPU_BEFORE UNIT
  python3 -c "import sys; n, u, s, c0, c1, unit = sys.argv[1:]; u, s, c = float(u), float(s), float(c1) - float(c0)
print(f'{n:34}{u:>12,.0f} {unit:9}{s:8.2f} s{u / s:>14,.0f} /s{c / u * 1e6:9.2f} us CPU each')" "$1" "$2" "$3" "$4" "$(cpu)" "$5"
}

echo "heap before: $(heap) MiB"
readings=$((days * 1440 * 12))
before=$(cpu)
took=$(curl -s -o "$work/told" -w '%{time_total}' -H "Authorization: Bearer $token" -H 'Content-Type: text/csv' -H 'Expect:' \
  -T "$work/year.csv" -X POST "$url/v0/devices/$device/readings/upload?file=year.csv")
grep -q "\"readings\":$readings," "$work/told" || { head -c 2000 "$work/told"; exit 1; }
report "upload ($(du -m "$work/year.csv" | cut -f1) MiB)" "$readings" "$took" "$before" readings
if [[ -n ${EXPORT_JAVA_OPTS:-} ]]; then
  stop_node
  MESTRAL_JAVA_OPTS=$EXPORT_JAVA_OPTS start_node data limits.http-per-minute=0
  url=http://127.0.0.1:$(port_of http)
  echo "heap before exports: $(heap) MiB"
fi
csv=$url/v0/devices/$device/readings.csv
for round in 1 2 3; do
  before=$(cpu)
  took=$(curl -s -o "$work/one" -w '%{time_total}' "$csv?sensor_id=55")
  report "export, one sensor, round $round" $((days * 1440)) "$took" "$before" rows
  before=$(cpu)
  took=$(curl -s -o "$work/wide" -w '%{time_total}' "$csv")
  report "export, twelve sensors, round $round" "$readings" "$took" "$before" cells
  before=$(cpu)
  took=$(curl -s --compressed -o "$work/packed" -w '%{time_total}' "$csv")
  report "the same with gzip, round $round" "$readings" "$took" "$before" cells
done
cmp "$work/wide" "$work/packed"
[[ $(wc -l <"$work/wide") == $((days * 1440 + 1)) ]]
echo "heap after: $(heap) MiB"
