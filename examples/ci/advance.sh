#!/bin/sh
# The step of a rollout, taken by a pipeline where the evidence allows it: the replay first, then the gates.
#
#   SOURCE          where ab-test reads settled bookings: a file, or postgres (default)
#   REASON          goes into the history
#   OUT             folder for the JSON documents (default: rollout-evidence)
#   WAIT_IS_OK      1: "not enough yet" ends with 0, for a job that comes again tomorrow
#   TRIES, PAUSE_S  while a dependency does not answer (default: 3 tries, 20 s between them)
#
# Ends with: 0 advanced; 3 the verdict is no; 7 wait, also for another approval (0 with WAIT_IS_OK=1); otherwise what
# went wrong. The last line of stderr says what happened.
set -eu

out=${OUT:-rollout-evidence}
tries=${TRIES:-3}
pause_s=${PAUSE_S:-20}

say() {
  printf '%s\n' "$*" >&2
}

# A comparison with a word fails each time, and the tries would never end.
for number in "$tries" "$pause_s"; do
  case $number in
    '' | *[!0-9]*)
      say "TRIES and PAUSE_S are whole numbers, not \"$number\""
      exit 2
      ;;
  esac
done
mkdir -p "$out"
# A workspace that is kept would show the documents of yesterday as those of today.
rm -f "$out/ab-test.json" "$out/advance.json"

# Whether a try had no answer: it may have been carried out all the same.
unanswered=no

# run NAME COMMAND…: keeps the document as $out/NAME.json, and comes again while nobody answers.
run() {
  name=$1
  shift
  try=1
  while :; do
    code=0
    "$@" >"$out/$name.json" || code=$?
    if [ "$code" -eq 4 ]; then unanswered=yes; fi
    if [ "$code" -ne 4 ] || [ "$try" -ge "$tries" ]; then
      return "$code"
    fi
    say "$name: a dependency did not answer; try $((try + 1)) of $tries in $pause_s s"
    try=$((try + 1))
    sleep "$pause_s"
  done
}

# from NAME EXPRESSION: what the document d says; the path of the document where it says nothing. Node is there:
# atmr-ml runs on it.
from() {
  text=$(node -p "const d = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')); $2" \
    "$out/$1.json" 2>/dev/null) || text=
  printf '%s' "${text:-see $out/$1.json}"
}

# The worst reason comes first.
why="const all = d.refused ?? (d.warnings ?? []).map((one) => one.text);
  (all[0] ?? '') + (all.length > 1 ? ' (and ' + (all.length - 1) + ' more in the document)' : '')"
who="[...d.instances.filter((one) => !one.confirmed).map((one) => one.instance),
  ...d.warnings.map((one) => one.text)].join('; ')"
step="d.before.percentage + ' % → ' + d.after.percentage + ' %, ' + d.after.rollout.phase"

# finish NAME CODE: one line for people, and the code for the pipeline.
finish() {
  case $2 in
    0) say "$1: done: $(from "$1" "$step")" ;;
    2) say "$1: exit code 2, nothing was changed; the call or the configuration is wrong" ;;
    3) say "$1: the verdict is no: $(from "$1" "$why")" ;;
    4) say "$1: a dependency did not answer in $tries tries; look at atmr-ml status, then run the pipeline again" ;;
    5) say "$1: somebody else changed the flag; look at atmr-ml history" ;;
    6) say "$1: RECORDED, but not confirmed everywhere; look at: $(from "$1" "$who")" ;;
    7)
      if [ "$1$unanswered" = advanceyes ]; then
        say "$1: not enough yet; a try before had no answer and may have taken the step: look at atmr-ml history"
      else
        say "$1: not enough yet: $(from "$1" "$why")"
      fi
      if [ "${WAIT_IS_OK:-0}" = 1 ]; then exit 0; fi
      ;;
    127) say "$1: exit code 127, atmr-ml is not on the PATH" ;;
    *) say "$1: exit code $2" ;;
  esac
  exit "$2"
}

code=0
run ab-test atmr-ml ab-test --source "${SOURCE:-postgres}" --json || code=$?
if [ "$code" -ne 0 ]; then finish ab-test "$code"; fi
unanswered=no

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
finish advance "$code"
