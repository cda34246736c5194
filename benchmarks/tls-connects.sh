#!/usr/bin/env bash
# How fast kits come back over TLS after an outage: connections with a whole handshake each, CONNECT and CONNACK, all held
# open together, to a node that has just started.
#
#   benchmarks/tls-connects.sh [-n CONNECTIONS] [-t THREADS]
#
# Needs openssl. The client runs on the same machine; everything listens on 127.0.0.1 and stops by itself.
set -euo pipefail
connections=5000 threads=32
while getopts n:t: flag; do
  case $flag in
    n) connections=$OPTARG ;;
    t) threads=$OPTARG ;;
    *) exit 2 ;;
  esac
done
# shellcheck source=benchmarks/node.sh
source "$(dirname "$0")/node.sh"
trap 'stop_node; rm -rf "$work"' EXIT

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
  -addext subjectAltName=IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
start_node tls mqtt.access=open mqtt.tls.port=0 "mqtt.tls.cert=$work/cert.pem" "mqtt.tls.key=$work/key.pem"
java -Xmx1g "$root/benchmarks/TlsConnects.java" "$(port_of mqtts)" "$node" "$work/cert.pem" "$connections" "$threads"
