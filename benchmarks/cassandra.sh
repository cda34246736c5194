#!/usr/bin/env bash
# A real Cassandra and the store on the same machine: messages of ten sensors carried over, newest values, a year of
# minutes of twelve sensors by hour, by day and whole. Takes about two minutes; everything stops by itself.
#
#   benchmarks/cassandra.sh [-m MESSAGES] [-d DEVICES]
set -euo pipefail
messages=60000 devices=5000
while getopts m:d: flag; do
  case $flag in
    m) messages=$OPTARG ;;
    d) devices=$OPTARG ;;
    *) exit 2 ;;
  esac
done
cd "$(dirname "$0")/.."
mvn -B -ntp -q -pl storage/cassandra -am test -Dtest=CassandraFigures -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfigures=true -Dcassandra.tier=4 -Dmessages="$messages" -Ddevices="$devices" |
  sed -n 's/.*io\.mestral\.figures *//p'
