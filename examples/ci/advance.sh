#!/bin/sh
# The step of a rollout, taken by a pipeline where the evidence allows it: the replay first, then the gates.
#
#   SOURCE          where ab-test reads settled bookings: a file, or postgres (default)
#   REASON          goes into the history
#   OUT             folder for the JSON documents (default: rollout-evidence)
#   WAIT_IS_OK      1: "not enough yet" ends with 0, for a job that comes again tomorrow
#   TRIES, PAUSE_S  while a dependency does not answer (default: 3 tries, 20 s between them)
#
# Ends with: 0 advanced, or approved; 3 the verdict is no; 7 wait (0 with WAIT_IS_OK=1); otherwise what went wrong.
set -eu

out=${OUT:-rollout-evidence}
tries=${TRIES:-3}
pause_s=${PAUSE_S:-20}
mkdir -p "$out"

say() {
  printf '%s\n' "$*" >&2
}

# run NAME COMMAND…: keeps the document as $out/NAME.json, and comes again while nobody answers.
run() {
  name=$1
  shift
  try=1
  while :; do
    code=0
    "$@" >"$out/$name.json" || code=$?
    if [ "$code" -ne 4 ] || [ "$try" -ge "$tries" ]; then
      return "$code"
    fi
    say "$name: a dependency did not answer; try $((try + 1)) of $tries in $pause_s s"
    try=$((try + 1))
    sleep "$pause_s"
  done
}

# finish NAME CODE: one line for people, and the code for the pipeline.
finish() {
  case $2 in
    3) say "$1: the verdict is no; look at $out/$1.json" ;;
    4) say "$1: a dependency did not answer in $tries tries; the pipeline may run again" ;;
    5) say "$1: somebody else changed the flag; look at atmr-ml history" ;;
    6) say "$1: RECORDED, but not confirmed everywhere; look at the instances in $out/$1.json" ;;
    7)
      say "$1: not enough yet; what is missing is in $out/$1.json"
      if [ "${WAIT_IS_OK:-0}" = 1 ]; then exit 0; fi
      ;;
    *) say "$1: exit code $2" ;;
  esac
  exit "$2"
}

code=0
run ab-test atmr-ml ab-test --source "${SOURCE:-postgres}" --json || code=$?
if [ "$code" -ne 0 ]; then finish ab-test "$code"; fi

advance() {
  run advance atmr-ml rollout advance --yes --json --reason "${REASON:-pipeline: the replay is better}"
}

code=0
advance || code=$?
if [ "$code" -eq 5 ]; then
  # Somebody wrote in between: once more, by the gates of now.
  say 'advance: somebody else changed the flag; once more'
  code=0
  advance || code=$?
fi
if [ "$code" -ne 0 ]; then finish advance "$code"; fi
say "advance: done; $out/advance.json says from where to where"
