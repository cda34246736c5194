#!/usr/bin/env bash
# The Smart API library beside what it is compared with, each pair in one run of JMH (its results are kept in
# benchmarks/target/smartapi.json): a NudeList of a million doubles in Turtle and Jackson alone, a Request in Turtle and
# JSON-LD here and in Jena, a small message signed, encrypted, decrypted and verified. Takes six minutes.
#
#   benchmarks/smartapi.sh [NAME...]
#
# NAME is a part of a benchmark's name, such as JsonLd. Needs python3.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -B -ntp -q -pl benchmarks -am test-compile -Dspotless.check.skip -Dcheckstyle.skip -Dmaven.test.skip
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
engines=BouncyCastle
[[ $(uname -sm) != 'Linux x86_64' ]] || engines+=,Corretto # what the library's native provider is built for
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -cp "benchmarks/target/classes:$(<benchmarks/target/classpath)" org.openjdk.jmh.Main "${@:-.}" \
  -foe true -p engine="$engines" \
  -jvmArgsAppend '-Xms2g -Xmx2g -XX:+UseSerialGC' -rf json -rff benchmarks/target/smartapi.json >benchmarks/target/smartapi.log ||
  { tail -n 40 benchmarks/target/smartapi.log >&2; exit 1; }
python3 benchmarks/smartapi.py benchmarks/target/smartapi.json
