# shellcheck shell=bash
# The verb test: the whole build with every check, and one line that sums it up. Read by ./mestral,
# which knows where we are.
: "${here:?}"

# Other people's clients that tests talk to the broker with: a program, and the package it comes in.
install_clients() {
  local -A package=([mosquitto_pub]=mosquitto-clients [node]=nodejs [npm]=npm)
  local -a missing=()
  local program
  for program in "${!package[@]}"; do
    command -v "$program" >/dev/null || missing+=("${package[$program]}")
  done
  /usr/bin/python3 -c 'import paho.mqtt.client' 2>/dev/null || missing+=(python3-paho-mqtt)
  if ((${#missing[@]} == 0)); then return; fi
  if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
    say "installing ${missing[*]}, which some tests talk to the broker with"
    local -a install=(apt-get install -y -qq --no-install-recommends "${missing[@]}")
    if DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2; then return; fi
    if apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive "${install[@]}" >&2; then return; fi
  fi
  say "not installed: ${missing[*]}; $without_them"
}

# MQTT.js goes where only the tests of the node look for it.
install_mqtt_js() {
  local folder=$here/node/target/js source=$here/node/src/test/js
  if ! command -v npm >/dev/null; then return; fi
  mkdir -p "$folder"
  if cmp -s "$source/package-lock.json" "$folder/package-lock.json" &&
    [[ -d $folder/node_modules/mqtt ]]; then return; fi
  cp "$source/package.json" "$source/package-lock.json" "$folder"
  if ! (cd "$folder" && timeout 180 npm ci --ignore-scripts --no-audit --no-fund --silent >&2); then
    rm -rf "$folder"
    say "MQTT.js could not be installed; $without_them"
  fi
}

# The test reports of all modules.
reports() {
  find "$here" \( -name .git -o -name node_modules \) -prune \
    -o -path '*/target/surefire-reports/TEST-*.xml' "$@"
}

# Prints: tests failures+errors skipped
sum_reports() {
  reports -exec cat {} + | awk '
    function number(name) {
      return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0
    }
    /^<testsuite / {
      tests += number("tests"); bad += number("failures") + number("errors")
      skipped += number("skipped")
    }
    END { print tests + 0, bad + 0, skipped + 0 }'
}

# Prints the last line and says by its code whether all is well. A build that broke without a failed
# test, or that ran none, is a failure too: silence is not success.
conclude() {
  local maven_code=$1 log=$2 tests bad skipped line
  read -r tests bad skipped < <(sum_reports)
  if ((bad == 0 && maven_code != 0)); then
    bad=1
    say "the build broke before or after the tests:" \
      "$(grep -m1 -E 'Failed to execute goal|BUILD FAILURE|^\[ERROR\]' "$log" || echo "see above")"
    line="$((tests - skipped)) passed, 1 failed"
  elif ((tests == 0)); then
    bad=1
    say "no test was run"
    line="0 passed, 1 failed"
  else
    line="$((tests - bad - skipped)) passed, $bad failed"
  fi
  if ((skipped > 0)); then line+=", $skipped skipped"; fi
  echo "$line"
  ((bad == 0))
}

# A duration such as 90s, 10m or 2h in seconds.
seconds_of() {
  [[ $1 =~ ^([1-9][0-9]{0,5})([smh])$ ]] || refuse "test: $1 is no duration such as 90s, 10m or 2h"
  local -A unit=([s]=1 [m]=60 [h]=3600)
  echo $((BASH_REMATCH[1] * ${unit[${BASH_REMATCH[2]}]}))
}

run_tests() {
  local -a only=()
  local seconds
  if [[ ${1:-} == --only && $# == 2 ]]; then
    [[ -e $here/$2/pom.xml ]] || refuse "test: there is no module $2"
    only=(-pl "$2" -am)
  elif [[ $# == 1 && ($1 == --fuzz || $1 == --fuzz=*) ]]; then
    local duration=${1#--fuzz}
    duration=${duration#=}
    seconds=$(seconds_of "${duration:-10m}") || exit
    only=(-pl broker -am -Dtest=FuzzTest "-Dfuzz.seconds=$seconds")
  elif (($# > 0)); then
    refuse "test takes nothing but --only MODULE or --fuzz[=DURATION]; see mestral help test"
  fi
  check_build_tools
  local without_them="the tests that need them are skipped"
  if [[ -n ${CI:-} ]]; then without_them="the tests that need them will fail"; fi
  install_clients
  install_mqtt_js
  mkdir -p "$here/target"
  exec 9>"$here/target/build.lock"
  if command -v flock >/dev/null; then flock 9; fi
  reports -exec rm -f {} +
  local code=0 log=$here/target/tests.log
  maven -T 2 --fail-at-end verify ${only[@]+"${only[@]}"} | tee "$log" || code=$?
  conclude "$code" "$log"
}
