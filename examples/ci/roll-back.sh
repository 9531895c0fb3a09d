#!/bin/sh
# Takes the traffic back, now. It looks at no gate and asks nobody.
#
#   TO              0 (default), previous, or a share such as 10
#   REASON          goes into the history; write why
#   TRIES, PAUSE_S  while no store answers (default: 5 tries, 5 s between them)
#
# Ends with: 0 done and confirmed; 6 recorded, but somebody has not confirmed; otherwise do not count on it.
set -eu

tries=${TRIES:-5}
pause_s=${PAUSE_S:-5}
# A wrong setting must not keep the traffic where it is, nor a comparison that fails the tries without an end.
case $tries in '' | *[!0-9]*) tries=5 ;; esac
case $pause_s in '' | *[!0-9]*) pause_s=5 ;; esac

try=1
while :; do
  code=0
  # Into no file: a full disk is no reason to leave the traffic where it is.
  document=$(atmr-ml rollout rollback --to "${TO:-0}" --reason "${REASON:-pipeline}" --json) || code=$?
  if [ "$code" -ne 4 ] || [ "$try" -ge "$tries" ]; then break; fi
  printf 'roll back: no store answered; try %s of %s in %s s\n' "$((try + 1))" "$tries" "$pause_s" >&2
  try=$((try + 1))
  sleep "$pause_s"
done
printf '%s\n' "$document"

# Who has not confirmed, by the document; node is there, for atmr-ml runs on it.
missing() {
  printf '%s' "$document" | node -p "const d = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    [...d.instances.filter((one) => !one.confirmed).map((one) => one.instance),
      ...d.warnings.map((one) => one.text)].join('; ')" \
    2>/dev/null || printf 'those in the document'
}

case $code in
  0) printf 'roll back: done\n' >&2 ;;
  6) printf 'roll back: RECORDED, but not confirmed everywhere; run atmr-ml status, look at: %s\n' "$(missing)" >&2 ;;
  2 | 5) printf 'roll back: NOT DONE, exit code %s, why stands above; atmr-ml disable takes all of it back\n' "$code" >&2 ;;
  *)
    # A store that fell silent may have taken it; `disable` is right either way.
    printf 'roll back: NOT KNOWN TO BE DONE, exit code %s; run atmr-ml disable on a host of the service\n' "$code" >&2
    ;;
esac
exit "$code"
