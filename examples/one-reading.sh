#!/usr/bin/env bash
# One reading, there and back: makes a device on the node of a data folder, publishes as a kit would,
# and asks for the hour's mean. Needs a running node, mosquitto-clients and curl.
#
#   examples/one-reading.sh [DATA_DIR]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
data=${1:-$root/data}

device=$("$root/mestral" admin device add Roof --data "$data")
id=$(sed -n 's/.*"id":\([0-9]*\).*/\1/p' <<<"$device")
token=$(sed -n 's/.*"device_token":"\([^"]*\)".*/\1/p' <<<"$device")
{ read -r http && read -r mqtt; } <"$data/node.url"
address=${mqtt#mqtt://}

publish() { # TIME TEMPERATURE
  mosquitto_pub -h "${address%:*}" -p "${address##*:}" -i "$token" -q 1 \
    -t "device/sck/$token/readings/raw" -m "{t:$1,55:$2}"
}
publish 2026-02-03T10:05:00Z 19.72
publish 2026-02-03T10:35:00Z 20.18
curl -fsS "$http/v0/devices/$id/readings?sensor_id=55&rollup=1h&from=2026-02-03&to=2026-02-04"
echo
