# shellcheck shell=bash
# A real server for a node that is measured: the Cassandra or the PostgreSQL that the tests start. Read by the scripts
# beside it, after node.sh.
server=
: "${root:?}" "${work:?}"

# shellcheck disable=SC2034,SC2086 # server_url is for the reader; SERVER_OPTS may be several
start_server() { # cassandra or postgresql: sets server to the process and server_url to what a node's storage is set to
  local -a classes=("$root/storage/$1/target/test-classes")
  local goals=(test-compile) program=CassandraUp.java
  if [[ $1 == postgresql ]]; then
    goals+=(org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=target/test.classpath)
    program=PostgresUp.java
  fi
  (cd "$root" && mvn -B -ntp -q -pl "storage/$1" -am "${goals[@]}") >"$work/server.build" 2>&1 || { cat "$work/server.build" >&2; exit 1; }
  [[ $1 == cassandra ]] || classes+=("$(cat "$root/storage/$1/target/test.classpath")")
  (cd "$root/storage/$1" && exec java -Xmx128m ${SERVER_OPTS:-} -cp "$(IFS=:; echo "${classes[*]}")" \
    "$root/benchmarks/$program") >"$work/server.url" 2>"$work/server.log" &
  server=$!
  for _ in $(seq 2000); do
    server_url=$(grep '^[a-z]*://' "$work/server.url") && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/server.log" >&2
  exit 1
}

stop_server() {
  [[ -n $server ]] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
