#!/bin/sh
# Takes the traffic back, now. It looks at no gate and asks nobody.
#
#   TO              0 (default), previous, or a share such as 10
#   REASON          goes into the history; write why
#   TRIES, PAUSE_S  while no store answers (default: 5 tries, 5 s between them)
#
# Ends with: 0 done and confirmed; 6 recorded, but somebody has not confirmed; otherwise it did NOT happen.
set -eu

tries=${TRIES:-5}
pause_s=${PAUSE_S:-5}
try=1
while :; do
  code=0
  atmr-ml rollout rollback --to "${TO:-0}" --reason "${REASON:-pipeline}" --json || code=$?
  if [ "$code" -ne 4 ] || [ "$try" -ge "$tries" ]; then break; fi
  printf 'roll back: no store answered; try %s of %s in %s s\n' "$((try + 1))" "$tries" "$pause_s" >&2
  try=$((try + 1))
  sleep "$pause_s"
done
case $code in
  0) printf 'roll back: done\n' >&2 ;;
  6) printf 'roll back: RECORDED, but not confirmed everywhere; run atmr-ml status\n' >&2 ;;
  *) printf 'roll back: NOT DONE, exit code %s; run atmr-ml disable on a host of the service\n' "$code" >&2 ;;
esac
exit "$code"
