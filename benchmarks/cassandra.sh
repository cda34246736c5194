#!/usr/bin/env bash
# A real Cassandra and the store on the same machine: messages of ten sensors carried over, newest values, a year of
# minutes of twelve sensors by hour, by day and whole. Takes about two minutes; everything stops by itself.
#
#   benchmarks/cassandra.sh [-m MESSAGES] [-d DEVICES] [-y DAYS] [-p]
#
# With -p the server syncs each 0.2 s instead of before it acknowledges.
set -euo pipefail
messages=60000 devices=5000 days=365 periodic=false
while getopts m:d:y:p flag; do
  case $flag in
    m) messages=$OPTARG ;;
    d) devices=$OPTARG ;;
    y) days=$OPTARG ;;
    p) periodic=true ;;
    *) exit 2 ;;
  esac
done
cd "$(dirname "$0")/.."
mvn -B -ntp -q -pl storage/cassandra -am test -Dtest=CassandraFigures -Dsurefire.failIfNoSpecifiedTests=false \
  -Dfigures=true -Dcassandra.tier=4 -Dcassandra.periodic=$periodic -Dmessages="$messages" -Ddevices="$devices" -Ddays="$days" |
  sed -n 's/.*io\.mestral\.figures *//p'
