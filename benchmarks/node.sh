# shellcheck shell=bash
# A node to measure: on free ports of 127.0.0.1, with data that are thrown away. Read by the scripts beside it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
node=

start_node() { # NAME SETTING=VALUE...: sets node to the process
  local name=$1 setting
  local -a settings=()
  for setting in http.port=0 mqtt.port=0 "${@:2}"; do settings+=(--set "$setting"); done
  "$root/mestral" up --data "$work/$name" "${settings[@]}" >"$work/ready" 2>"$work/$name.log" &
  node=$!
  for _ in $(seq 3000); do # the first start may have to build
    grep -q '^ready ' "$work/ready" && return
    kill -0 "$node" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/$name.log" >&2
  exit 1
}

port_of() { # mqtt, mqtts, http or https
  sed -n "s/.*\"$1\":\"[^\"]*:\([0-9]*\)\".*/\1/p" "$work/ready"
}

stop_node() {
  [[ -n $node ]] || return 0
  kill "$node" 2>/dev/null || true
  wait "$node" 2>/dev/null || true
  node=
}
