import type { Catalogue } from '../language.js';

export const COMMANDS: Catalogue = {
  // commands/ab-test.ts
  'CSV, JSON or NDJSON, plain or gzipped; - is stdin; or postgres (default: DATABASE_URL, else the shipped fixture)':
    'CSV, JSON ou NDJSON, compressé par gzip ou non\u00A0; - est l’entrée standard\u00A0; ou postgres (par défaut\u00A0: DATABASE_URL, sinon le jeu d’exemple livré)',
  'the most recent n settled bookings': 'les n dernières réservations réglées',
  'n settled bookings drawn at random': 'n réservations réglées tirées au hasard',
  'of the random choices (default: 1)': 'graine des choix au hasard (par défaut\u00A0: 1)',
  'from this local day or ISO time on': 'à partir de ce jour local ou de cette heure ISO',
  'up to the end of this local day, or to an ISO time':
    'jusqu’à la fin de ce jour local, ou jusqu’à une heure ISO',
  'an .onnx file with its manifest beside it (default: the model that the flag names)':
    'un fichier .onnx avec son manifeste à côté (par défaut\u00A0: le modèle que nomme le drapeau)',
  'an .onnx file with its manifest beside it (default: the shipped model)':
    'un fichier .onnx avec son manifeste à côté (par défaut\u00A0: le modèle livré)',
  'another model, in place of the heuristic': 'un autre modèle, à la place de l’heuristique',
  'day or driver: which whole clusters decide (default: the widest interval)':
    'day ou driver\u00A0: par quels groupes entiers décider (par défaut\u00A0: l’intervalle le plus large)',
  'better means: by more than this': 'meilleur veut dire\u00A0: de plus que cela',
  'ask only whether the model is worse by less than this':
    'demander seulement si le modèle est moins bon de moins que cela',
  '.html or .md; may be given several times': '.html ou .md\u00A0; peut être donné plusieurs fois',
  'say how long each part took': 'dire combien de temps chaque partie a pris',
  'builtin or onnxruntime (default: what suits the model)':
    'builtin ou onnxruntime (par défaut\u00A0: ce qui convient au modèle)',
  'also write one row a booking: both answers and what happened':
    'écrire aussi une ligne par réservation\u00A0: les deux réponses et ce qui s’est passé',
  'fail, or skip and count': 'fail (échouer), ou skip (sauter et compter)',
  'of a database, in parts: 1 in this process, more in so many, 0 on other machines':
    'd’une base, par parties\u00A0: 1 dans ce processus, plus dans autant de processus, 0 sur d’autres machines',
  'bookings of such a part, nearly (default: 50000, fewer where there are few)':
    'réservations d’une telle partie, à peu près (par défaut\u00A0: 50000, moins s’il y en a peu)',
  '\nExit code: 0 the model is better, 3 it is worse, 7 not enough data to say; with --margin, 0 it is no worse than\nthat, 3 it is, 7 not enough data to say.\n\nExamples:\n  atmr-ml ab-test --limit 50\n  atmr-ml ab-test --source bookings.csv --from 2026-05-01 --csv scored.csv\n  atmr-ml ab-test --report replay.html --report replay.md\n  atmr-ml ab-test --model models/new.onnx --against models/delay_predictor.onnx --margin 5\n  atmr-ml ab-test --source postgres --workers 4\n  atmr-ml simulate | atmr-ml ab-test --source - --json':
    '\nCode de sortie\u00A0: 0 le modèle est meilleur, 3 il est moins bon, 7 données insuffisantes\u00A0; avec --margin, 0 il n’est pas\nmoins bon que cela, 3 il l’est, 7 données insuffisantes.\n\nExemples\u00A0:\n  atmr-ml ab-test --limit 50\n  atmr-ml ab-test --source bookings.csv --from 2026-05-01 --csv scored.csv\n  atmr-ml ab-test --report replay.html --report replay.md\n  atmr-ml ab-test --model models/new.onnx --against models/delay_predictor.onnx --margin 5\n  atmr-ml ab-test --source postgres --workers 4\n  atmr-ml simulate | atmr-ml ab-test --source - --json',
  'the manifest of --against': 'le manifeste de --against',
  'no part knows which bookings of all are the latest':
    'aucune partie ne sait quelles réservations de toutes sont les dernières',
  'no part knows how many bookings there are to draw from':
    'aucune partie ne sait parmi combien de réservations tirer',
  'of a part only sums come back, and no single booking':
    'd’une partie ne reviennent que des sommes, et aucune réservation seule',
  '--part-size is of a replay in parts. Add --workers, or leave it out.':
    '--part-size concerne un rejeu par parties. Ajoutez --workers, ou omettez-le.',
  '--workers and --{0} exclude each other: {1}. Leave one out.':
    '--workers et --{0} s’excluent\u00A0: {1}. Omettez l’un des deux.',
  '\nTakes parts of replays that `ab-test --workers` puts into Redis, until Ctrl-C. The machine needs the same configuration,\nmodels and bookings; a part that asks for others is left to those who have them, and ends this with exit code 2.\n\nExamples:\n  atmr-ml ab-test work\n  atmr-ml ab-test work --run 77fe8185875f5308\n  atmr-ml ab-test work --model models/new.onnx':
    '\nPrend des parties de rejeux que `ab-test --workers` met dans Redis, jusqu’à Ctrl-C. La machine a besoin de la même\nconfiguration, des mêmes modèles et des mêmes réservations\u00A0; une partie qui en demande d’autres est laissée à ceux qui les\nont, et met fin à celui-ci avec le code de sortie 2.\n\nExemples\u00A0:\n  atmr-ml ab-test work\n  atmr-ml ab-test work --run 77fe8185875f5308\n  atmr-ml ab-test work --model models/new.onnx',
  'of this replay alone, until it is over (default: of any, until Ctrl-C)':
    'de ce rejeu seul, jusqu’à sa fin (par défaut\u00A0: de tous, jusqu’à Ctrl-C)',
  'take parts of replays that run on other machines':
    'prendre des parties de rejeux lancés sur d’autres machines',
  // commands/activate.ts
  'share of the bookings, such as 25, 12.5 or 25%': 'part des réservations, telle que 25, 12.5 ou 25%',
  'refuse where a gate of the present step fails (exit 3) or is undecided (7)':
    'refuser si un critère de l’étape présente échoue (code de sortie 3) ou n’est pas décidé (7)',
  '\nIt ends the forced offs that hold, and needs every configured store. The gates of the present step are printed; only\n--gated has them decide. While a rollout is under way, a share set by hand puts it on hold.\n\nExamples:\n  atmr-ml activate\n  atmr-ml activate --percentage 25 --reason "week 2" --if-revision 6\n  atmr-ml activate --percentage 25 --gated --yes\n  atmr-ml activate --percentage 5 --yes --expect-instances 3 --json':
    '\nMet fin aux coupures forcées en vigueur, et a besoin de tous les stockages configurés. Les critères de l’étape présente sont\naffichés\u00A0; ils ne décident qu’avec --gated. Pendant un déploiement, une part fixée à la main le met en pause.\n\nExemples\u00A0:\n  atmr-ml activate\n  atmr-ml activate --percentage 25 --reason "week 2" --if-revision 6\n  atmr-ml activate --percentage 25 --gated --yes\n  atmr-ml activate --percentage 5 --yes --expect-instances 3 --json',
  '--percentage is "{0}"; expected 0 to 100 with at most two decimals, such as 25, 12.5 or 25%.':
    '--percentage vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: de 0 à 100 avec deux décimales au plus, tel que 25, 12.5 ou 25%.',
  // commands/alerts.ts
  '\nSends one message marked as a test to each channel that is configured, at once. Exit code 3 when one did not take it.\n\nExamples:\n  atmr-ml alerts test\n  atmr-ml alerts test --channel slack':
    '\nEnvoie tout de suite un message marqué comme essai à chaque canal configuré. Code de sortie 3 si l’un d’eux ne l’a pas pris.\n\nExemples\u00A0:\n  atmr-ml alerts test\n  atmr-ml alerts test --channel slack',
  '\nWhat the guard found and nobody has acknowledged, or that ended in the last 24 hours; below, the messages on their way.\n\nExamples:\n  atmr-ml alerts list\n  atmr-ml alerts list --limit 100 --json':
    '\nCe que le gardien a trouvé et que personne n’a confirmé, ou qui a pris fin dans les dernières 24 heures\u00A0; au-dessous, les\nmessages en route.\n\nExemples\u00A0:\n  atmr-ml alerts list\n  atmr-ml alerts list --limit 100 --json',
  '\nWhat was acted on (or all that a rule found) has been seen: it counts anew, escalation and reminders end.\n\nExamples:\n  atmr-ml alerts ack\n  atmr-ml alerts ack failure_rate --by ana':
    '\nCe qui a déclenché une mesure (ou tout ce qu’une règle a trouvé) a été vu\u00A0: cela recompte à partir de maintenant, l’escalade\net les rappels prennent fin.\n\nExemples\u00A0:\n  atmr-ml alerts ack\n  atmr-ml alerts ack failure_rate --by ana',
  'There was nothing to acknowledge.': 'Il n’y avait rien à confirmer.',
  '{0} acknowledged.': '{0} alerte(s) confirmée(s).',
  '\nExamples:\n  atmr-ml alerts list\n  atmr-ml alerts test --channel slack\n  atmr-ml alerts ack failure_rate --by ana':
    '\nExemples\u00A0:\n  atmr-ml alerts list\n  atmr-ml alerts test --channel slack\n  atmr-ml alerts ack failure_rate --by ana',
  'send a test message to every channel': 'envoyer un message d’essai à chaque canal',
  'to this one only: email, slack, sentry, webhook or log':
    'à celui-ci seulement\u00A0: email, slack, sentry, webhook ou log',
  'what was found, who was told, and what is on its way':
    'ce qui a été trouvé, qui a été averti, et ce qui est en route',
  'messages to show (default: 20)': 'messages à montrer (par défaut\u00A0: 20)',
  'somebody has seen it': 'quelqu’un l’a vu',
  'all that this rule found (default: what was acted on)':
    'tout ce que cette règle a trouvé (par défaut\u00A0: ce qui a déclenché une mesure)',
  'who (default: the CI actor or the user of the operating system)':
    'qui (par défaut\u00A0: l’acteur de la CI ou l’utilisateur du système)',
  // commands/analyze-errors.ts
  'ledger, postgres, or a file as ab-test takes (default: the ledger once something settled there)':
    'ledger, postgres, ou un fichier comme pour ab-test (par défaut\u00A0: le registre dès que quelque chose y est réglé)',
  'the last 24h or 7d, or from this local day on': 'les dernières 24h ou 7d, ou à partir de ce jour local',
  'hold the bookings against those of these local days, not against training':
    'comparer les réservations à celles de ces jours locaux, et non à l’entraînement',
  'so many of the worst bookings, by id (default: 10)':
    'autant des pires réservations, par id (par défaut\u00A0: 10)',
  'also write one row a booking: answers, outcome, error':
    'écrire aussi une ligne par réservation\u00A0: réponses, résultat, erreur',
  'also write a report, .html or .md; may be given again':
    'écrire aussi un rapport, .html ou .md\u00A0; peut être répété',
  '\nExit code: 0 nothing found, 3 findings, 7 not enough data to say.\n\nExamples:\n  atmr-ml analyze-errors --since 7d\n  atmr-ml analyze-errors --source bookings.csv --report errors.html --csv scored.csv\n  atmr-ml analyze-errors --source postgres --since 2026-08-01 --baseline 2026-07-01..2026-07-31':
    '\nCode de sortie\u00A0: 0 rien trouvé, 3 des constatations, 7 données insuffisantes.\n\nExemples\u00A0:\n  atmr-ml analyze-errors --since 7d\n  atmr-ml analyze-errors --source bookings.csv --report errors.html --csv scored.csv\n  atmr-ml analyze-errors --source postgres --since 2026-08-01 --baseline 2026-07-01..2026-07-31',
  // commands/checklist.ts
  'answer an item; may be repeated': 'répondre à un point\u00A0; peut être répété',
  'who answers (default: the CI actor or the user of the operating system)':
    'qui répond (par défaut\u00A0: l’acteur de la CI ou l’utilisateur du système)',
  'kept with the answers': 'gardé avec les réponses',
  'never ask': 'ne jamais demander',
  'text, md or json (default: text on a terminal, else json)':
    'text, md ou json (par défaut\u00A0: text dans un terminal, sinon json)',
  '\nWhat the tool can check it checks; the rest is asked on a terminal, or answered by --answer, and kept with who and when.\n\nExit code: 0 all done, 3 something failed, 7 something is open, 130 Ctrl-C at a question; what was answered before it is kept.\n\nExamples:\n  atmr-ml checklist before\n  atmr-ml checklist before --answer tests=yes --answer team=no --by ana --note "training on Friday"\n  atmr-ml checklist week-1\n  atmr-ml checklist week-4 --format md > week-4.md':
    '\nL’outil vérifie ce qu’il peut vérifier\u00A0; le reste est demandé dans un terminal, ou répondu par --answer, et gardé avec qui et\nquand.\n\nCode de sortie\u00A0: 0 tout est fait, 3 un point a échoué, 7 un point reste ouvert, 130 Ctrl-C à une question\u00A0; les réponses\nd’avant sont gardées.\n\nExemples\u00A0:\n  atmr-ml checklist before\n  atmr-ml checklist before --answer tests=yes --answer team=no --by ana --note "training on Friday"\n  atmr-ml checklist week-1\n  atmr-ml checklist week-4 --format md > week-4.md',
  '\nExamples:\n  atmr-ml checklist before\n  atmr-ml checklist week-1 --format md':
    '\nExemples\u00A0:\n  atmr-ml checklist before\n  atmr-ml checklist week-1 --format md',
  'before the deployment: is everything in place?': 'avant le déploiement\u00A0: tout est-il en place\u00A0?',
  'during the first week at 10 %': 'pendant la première semaine à 10\u00A0%',
  'after the last step, at 100 %': 'après la dernière étape, à 100\u00A0%',
  // commands/config.ts
  '\nExamples:\n  atmr-ml config\n  atmr-ml config --config staging.yaml --json | jq .settings':
    '\nExemples\u00A0:\n  atmr-ml config\n  atmr-ml config --config staging.yaml --json | jq .settings',
  // commands/disable.ts
  '\nIt asks nobody, and one store that answers is enough. Only `activate` or `rollout start` ends it. Where no store answers, each\nrunning instance that is known here is asked at its own address, with ATMR_ML_TOKEN.\n\nExamples:\n  atmr-ml disable --reason "error rate 30 %"\n  atmr-ml disable --no-wait\n  atmr-ml disable --dry-run':
    '\nNe demande rien à personne, et il suffit d’un stockage qui répond. Seul `activate` ou `rollout start` y met fin. Si aucun\nstockage ne répond, chaque instance en marche connue ici est appelée à sa propre adresse, avec ATMR_ML_TOKEN.\n\nExemples\u00A0:\n  atmr-ml disable --reason "error rate 30 %"\n  atmr-ml disable --no-wait\n  atmr-ml disable --dry-run',
  // commands/doctor.ts
  '\nIt asks the weather service once, writes to no store anything that lasts, and sends no alert.\n\nExit code: 0 nothing is broken, 3 something is. What is only warned of (!) or not known (?) breaks nothing.\n\nExamples:\n  atmr-ml doctor\n  atmr-ml doctor --json | jq \'.checks[] | select(.result == "fail")\'':
    '\nInterroge le service météo une fois, n’écrit rien de durable dans aucun stockage, et n’envoie aucune alerte.\n\nCode de sortie\u00A0: 0 rien n’est cassé, 3 quelque chose l’est. Ce qui n’est qu’un avertissement (!) ou inconnu (?) ne casse rien.\n\nExemples\u00A0:\n  atmr-ml doctor\n  atmr-ml doctor --json | jq \'.checks[] | select(.result == "fail")\'',
  // commands/guard.ts
  'look once and end, for cron and CI (default: again and again until Ctrl-C)':
    'regarder une fois et finir, pour cron et la CI (par défaut\u00A0: sans cesse jusqu’à Ctrl-C)',
  'look and decide, change nothing': 'regarder et décider, ne rien changer',
  'what was acted on, or all that this rule found, has been seen: it counts anew':
    'ce qui a déclenché une mesure, ou tout ce que cette règle a trouvé, a été vu\u00A0: cela recompte',
  'who acknowledges (default: the CI actor or the user of the operating system)':
    'qui confirme (par défaut\u00A0: l’acteur de la CI ou l’utilisateur du système)',
  '\nOne look: what is proven, and what is done about it. Traffic goes back by itself; it never rises here but by the plan.\n`serve` does the same every 15 s. Of several guards one leads; with Redis alone each machine has its own.\n\nExit codes: 0 nothing proven, 3 a breach (acted on, or not), 4 nothing could be looked at.\n\nExamples:\n  atmr-ml guard --once\n  * * * * *  atmr-ml guard --once --json >> /var/log/atmr-ml-guard.ndjson\n  atmr-ml guard --ack miss_rate --by ana':
    '\nUn regard\u00A0: ce qui est prouvé, et ce qu’on en fait. Le trafic est retiré automatiquement\u00A0; il ne monte ici que selon le plan.\n`serve` fait de même toutes les 15 s. De plusieurs gardiens un seul mène\u00A0; avec Redis seul, chaque machine a le sien.\n\nCodes de sortie\u00A0: 0 rien de prouvé, 3 un dépassement (suivi d’une mesure ou non), 4 rien n’a pu être regardé.\n\nExemples\u00A0:\n  atmr-ml guard --once\n  * * * * *  atmr-ml guard --once --json >> /var/log/atmr-ml-guard.ndjson\n  atmr-ml guard --ack miss_rate --by ana',
  'notice: with Redis alone each machine has its own guard, which remembers in {0}.':
    'remarque\u00A0: avec Redis seul, chaque machine a sa propre garde, qui se souvient dans {0}.',
  'warning: nobody is told: {0}': 'avertissement\u00A0: personne n’est averti\u00A0: {0}',
  // commands/history.ts
  'how many changes, newest first': 'combien de changements, les plus récents d’abord',
  'check the whole chain of hashes; exit 3 when it is broken':
    'vérifier toute la chaîne d’empreintes\u00A0; code de sortie 3 si elle est rompue',
  'one change: whether it was recorded; exit 3 when it was not':
    'un changement\u00A0: a-t-il été enregistré\u00A0; code de sortie 3 sinon',
  '\nExamples:\n  atmr-ml history --limit 50\n  atmr-ml history --verify\n  atmr-ml history --change 0b9f2c1e-7d0a-4c1c-9a55-2f1d3e4b5a6c':
    '\nExemples\u00A0:\n  atmr-ml history --limit 50\n  atmr-ml history --verify\n  atmr-ml history --change 0b9f2c1e-7d0a-4c1c-9a55-2f1d3e4b5a6c',
  // commands/migrate.ts
  'only look; exit 3 when the schema is behind':
    'regarder seulement\u00A0; code de sortie 3 si le schéma est en retard',
  'print the SQL that would run': 'afficher le SQL qui serait exécuté',
  '\nExamples:\n  atmr-ml migrate\n  atmr-ml migrate --check\n  atmr-ml migrate --dry-run > steps.sql':
    '\nExemples\u00A0:\n  atmr-ml migrate\n  atmr-ml migrate --check\n  atmr-ml migrate --dry-run > steps.sql',
  'Nothing to do: DATABASE_URL is not set, and the embedded store migrates itself.':
    'Rien à faire\u00A0: DATABASE_URL n’est pas définie, et le stockage intégré se met à jour tout seul.',
  '{0} steps are missing.': 'Étapes manquantes\u00A0: {0}.',
  'Done: {0}.': 'Fait\u00A0: {0}.',
  'The schema was up to date.': 'Le schéma était à jour.',
  // commands/model.ts
  "\nExamples:\n  atmr-ml model list\n  atmr-ml model list --json | jq '.[].name'":
    "\nExemples\u00A0:\n  atmr-ml model list\n  atmr-ml model list --json | jq '.[].name'",
  'a file of the models folder, or the name of a model in it':
    'un fichier du dossier des modèles, ou le nom d’un modèle qui s’y trouve',
  '\nExamples:\n  atmr-ml model use spring --reason "retrained on March"\n  atmr-ml model use models/spring.onnx --dry-run':
    '\nExemples\u00A0:\n  atmr-ml model use spring --reason "retrained on March"\n  atmr-ml model use models/spring.onnx --dry-run',
  'the .onnx file': 'le fichier .onnx',
  'the columns of the model in their order, separated by commas':
    'les colonnes du modèle dans leur ordre, séparées par des virgules',
  'those for which it can take a missing value, or all (default: none)':
    'celles dont une valeur peut manquer, ou all pour toutes (par défaut\u00A0: aucune)',
  'JSON {"mean": […], "scale": […]} to standardise by before the model':
    'JSON {"mean": […], "scale": […]} par lequel normaliser avant le modèle',
  'the bookings it learned from, for ranges and intervals; - is stdin; or postgres':
    'les réservations dont il a appris, pour les plages et les intervalles\u00A0; - est l’entrée standard\u00A0; ou postgres',
  'of the model (default: that of the file)': 'nom du modèle (par défaut\u00A0: celui du fichier)',
  'of the model (default: the day and the start of its hash)':
    'version du modèle (par défaut\u00A0: le jour et le début de son empreinte)',
  'an .onnx file to copy the model to (default: where it is)':
    'un fichier .onnx où copier le modèle (par défaut\u00A0: il reste où il est)',
  '\nExamples:\n  atmr-ml model describe forest.onnx --features distance_km,traffic_density --source history.csv\n  atmr-ml predict --model forest.onnx --distance-meters 8000 --at 2026-03-02T17:30':
    '\nExemples\u00A0:\n  atmr-ml model describe forest.onnx --features distance_km,traffic_density --source history.csv\n  atmr-ml predict --model forest.onnx --distance-meters 8000 --at 2026-03-02T17:30',
  'notice: without --source there are no ranges and no intervals.':
    'remarque\u00A0: sans --source, il n’y a ni plages ni intervalles.',
  'notice: the intervals rest on the bookings of --source; if the model learned from them, they are too narrow.':
    'remarque\u00A0: les intervalles reposent sur les réservations de --source\u00A0; si le modèle en a appris, ils sont trop étroits.',
  '\nExamples:\n  atmr-ml model rollback --reason "MAE rose"\n  atmr-ml model rollback --dry-run':
    '\nExemples\u00A0:\n  atmr-ml model rollback --reason "MAE rose"\n  atmr-ml model rollback --dry-run',
  '\nExamples:\n  atmr-ml model list\n  atmr-ml model use spring --reason "retrained on March"\n  atmr-ml model rollback --dry-run':
    '\nExemples\u00A0:\n  atmr-ml model list\n  atmr-ml model use spring --reason "retrained on March"\n  atmr-ml model rollback --dry-run',
  'the models of the models folder': 'les modèles du dossier des modèles',
  'name the model that answers, for every reader': 'nommer le modèle qui répond, pour tous les lecteurs',
  'go back to the model that the flag named before': 'revenir au modèle que le drapeau nommait avant',
  'a manifest for a model that other tools made': 'un manifeste pour un modèle fait par d’autres outils',
  // commands/outcomes.ts
  'again and again until Ctrl-C, such as 60s (default: once)':
    'sans cesse jusqu’à Ctrl-C, tel que 60s (par défaut\u00A0: une fois)',
  'how far to read again, for late and corrected pickups':
    'jusqu’où relire, pour les prises en charge tardives ou corrigées',
  'only read, and say how many there are': 'seulement lire, et dire combien il y en a',
  '\nBookings are read from DATABASE_URL or BOOKINGS_DATABASE_URL, as docs/bookings.md says, and never written. The first\nrun reads all there are. A pickup that was changed within the look-back corrects its outcome, and that is audited.\n\nExamples:\n  atmr-ml outcomes sync\n  atmr-ml outcomes sync --every 60s --json':
    '\nLes réservations sont lues dans DATABASE_URL ou BOOKINGS_DATABASE_URL, comme le dit docs/bookings.md, et jamais écrites. La\npremière fois, tout est lu. Une prise en charge changée dans la période relue corrige son résultat, et l’audit le note.\n\nExemples\u00A0:\n  atmr-ml outcomes sync\n  atmr-ml outcomes sync --every 60s --json',
  'Neither DATABASE_URL nor BOOKINGS_DATABASE_URL is set, so there is nothing to read outcomes from':
    'Ni DATABASE_URL ni BOOKINGS_DATABASE_URL n’est définie\u00A0: il n’y a rien où lire des résultats',
  '{0}. Set one, or give a file to `atmr-ml outcomes import`.':
    '{0}. Définissez-en une, ou donnez un fichier à `atmr-ml outcomes import`.',
  'CSV, JSON or NDJSON, plain or gzipped; - is stdin':
    'CSV, JSON ou NDJSON, compressé par gzip ou non\u00A0; - est l’entrée standard',
  'only read and check it': 'seulement le lire et le vérifier',
  '\nColumns: id (or booking_id), and actual_delay_minutes or actual_pickup_at with scheduled_time. Rows without an outcome\nare left out; one that cannot be read stops it all, and nothing is settled.\n\nExamples:\n  atmr-ml outcomes import pickups.csv\n  atmr-ml outcomes import - --dry-run < pickups.ndjson':
    '\nColonnes\u00A0: id (ou booking_id), et actual_delay_minutes ou actual_pickup_at avec scheduled_time. Les lignes sans résultat sont\nlaissées de côté\u00A0; une ligne illisible arrête tout, et rien n’est réglé.\n\nExemples\u00A0:\n  atmr-ml outcomes import pickups.csv\n  atmr-ml outcomes import - --dry-run < pickups.ndjson',
  '\nExamples:\n  atmr-ml outcomes sync --every 60s\n  atmr-ml outcomes import pickups.csv':
    '\nExemples\u00A0:\n  atmr-ml outcomes sync --every 60s\n  atmr-ml outcomes import pickups.csv',
  'settle predictions with the pickups that the database has recorded since the last time':
    'régler les prédictions par les prises en charge que la base a enregistrées depuis la dernière fois',
  'settle predictions with the pickups of a file':
    'régler les prédictions par les prises en charge d’un fichier',
  // commands/predict.ts
  'where the ride starts, in degrees': 'où la course commence, en degrés',
  'where it ends': 'où elle finit',
  'scheduled time, ISO 8601; without an offset it is local':
    'heure prévue, ISO 8601\u00A0; locale sans décalage horaire',
  'instead of --pickup and --dropoff': 'au lieu de --pickup et --dropoff',
  'expected driving time (default: 7 minutes a kilometre)':
    'temps de trajet attendu (par défaut\u00A0: 7 minutes par kilomètre)',
  'an urgent ride': 'une course urgente',
  'a ride to or from a medical facility': 'une course vers un établissement médical ou depuis celui-ci',
  'a ride there and back': 'une course aller et retour',
  'who drives': 'qui conduit',
  'rides that the driver has completed': 'courses que le chauffeur a terminées',
  'an OpenWeather report at the pickup, or a file that holds one':
    'un relevé OpenWeather au lieu de prise en charge, ou un fichier qui en contient un',
  'of the booking': 'id de la réservation',
  'many bookings instead: CSV, JSON or NDJSON; - is stdin; or postgres':
    'plutôt de nombreuses réservations\u00A0: CSV, JSON ou NDJSON\u00A0; - est l’entrée standard\u00A0; ou postgres',
  'the booking of that id in --source (default: DATABASE_URL when set)':
    'la réservation de cet id dans --source (par défaut\u00A0: DATABASE_URL si définie)',
  'of --source: fail, or skip': 'de --source\u00A0: fail (échouer), ou skip (sauter)',
  'also write one row a booking': 'écrire aussi une ligne par réservation',
  '\nExamples:\n  atmr-ml predict --pickup 46.20,6.14 --dropoff 46.25,6.10 --at 2026-03-02T08:30 --urgent\n  atmr-ml predict --distance-meters 8000 --at 2026-03-02T17:30 --json\n  atmr-ml predict --source tomorrow.csv --csv predictions.csv\n  atmr-ml predict --source postgres --booking 4711':
    '\nExemples\u00A0:\n  atmr-ml predict --pickup 46.20,6.14 --dropoff 46.25,6.10 --at 2026-03-02T08:30 --urgent\n  atmr-ml predict --distance-meters 8000 --at 2026-03-02T17:30 --json\n  atmr-ml predict --source tomorrow.csv --csv predictions.csv\n  atmr-ml predict --source postgres --booking 4711',
  'skipped: {0}': 'sauté\u00A0: {0}',
  'notice: bookings from {0}.': 'remarque\u00A0: réservations lues dans {0}.',
  // commands/report.ts
  'Monday to Sunday: last (the default), this, or one such as 2026-W12':
    'du lundi au dimanche\u00A0: last (par défaut, la dernière), this (celle-ci), ou une semaine telle que 2026-W12',
  'the same of a month: last, this, or one such as 2026-03':
    'de même pour un mois\u00A0: last, this, ou un mois tel que 2026-03',
  'md, html or json (default: md on a terminal, else json)':
    'md, html ou json (par défaut\u00A0: md dans un terminal, sinon json)',
  'write it to a .md, .html or .json file; may be given again':
    'l’écrire dans un fichier .md, .html ou .json\u00A0; peut être répété',
  'mail it to this address (default: ALERT_EMAIL_TO)':
    'l’envoyer à cette adresse (par défaut\u00A0: ALERT_EMAIL_TO)',
  "YAML of prices, volumes and assumptions of the return (default: the guide's)":
    'YAML des prix, volumes et hypothèses du retour (par défaut\u00A0: ceux du guide)',
  '\nWhat happened, what is proven, who decided what, incidents, the return and the next step. With --out or --mail nothing is\nprinted unless --format asks for it. The HTML file needs nothing else, and prints on A4.\n\nExit code: 0 done, 4 a store or the mail server did not answer and no file was written or no mail sent, 7 nothing is recorded.\n\nExamples:\n  atmr-ml report\n  atmr-ml report --week 2026-W12 --out week.html --out week.md\n  atmr-ml report --month --lang fr --mail direction@example.org\n  7 6 * * 1  atmr-ml report --week --lang fr --mail        # in a crontab, which has no locale':
    '\nCe qui s’est passé, ce qui est prouvé, qui a décidé quoi, les incidents, le retour et la prochaine étape. Avec --out ou --mail,\nrien n’est affiché sauf si --format le demande. Le fichier HTML se suffit à lui-même, et s’imprime en A4.\n\nCode de sortie\u00A0: 0 fait, 4 un stockage ou le serveur de courrier n’a pas répondu et aucun fichier n’a été écrit ou aucun\ncourrier envoyé, 7 rien n’est enregistré.\n\nExemples\u00A0:\n  atmr-ml report\n  atmr-ml report --week 2026-W12 --out week.html --out week.md\n  atmr-ml report --month --lang fr --mail direction@example.org\n  7 6 * * 1  atmr-ml report --week --lang fr --mail        # in a crontab, which has no locale',
  '--mail is empty; expected an e-mail address, or --mail alone for ALERT_EMAIL_TO.':
    '--mail est vide\u00A0; attendu\u00A0: une adresse e-mail, ou --mail seul pour ALERT_EMAIL_TO.',
  // commands/roi.ts
  "the rollout guide's figures, and which of them do not follow":
    'les chiffres du guide de déploiement, et ceux qui ne s’en déduisent pas',
  "YAML of prices, volumes and assumptions (default: the guide's)":
    'YAML des prix, volumes et hypothèses (par défaut\u00A0: ceux du guide)',
  "of the traffic (default: the flag's; 100 while it is off)":
    'part du trafic (par défaut\u00A0: celle du drapeau\u00A0; 100 tant qu’il est désactivé)',
  'bookings to measure on: CSV, JSON or NDJSON; - is stdin; or postgres, or ledger: what was served':
    'réservations où mesurer\u00A0: CSV, JSON ou NDJSON\u00A0; - est l’entrée standard\u00A0; ou postgres, ou ledger\u00A0: ce qui a été servi',
  '\nExit code: 0 there is a figure, 7 not enough data for one.\n\nExamples:\n  atmr-ml roi --guide\n  atmr-ml roi --source bookings.csv --percentage 25\n  atmr-ml roi --inputs roi.yaml --json | jq .gates':
    '\nCode de sortie\u00A0: 0 il y a un chiffre, 7 données insuffisantes pour un chiffre.\n\nExemples\u00A0:\n  atmr-ml roi --guide\n  atmr-ml roi --source bookings.csv --percentage 25\n  atmr-ml roi --inputs roi.yaml --json | jq .gates',
  '--{0} says what to measure, but {1} assumes minutesSaved and anticipatedShare':
    '--{0} dit quoi mesurer, mais {1} suppose minutesSaved et anticipatedShare',
  '{0}. Leave out the one or the other.': '{0}. Omettez l’un ou l’autre.',
  // commands/rollout.ts
  '\nThe first step of the plan; after a rollback, the smaller one before it (5 % by default). It ends forced offs that hold.\n\nExamples:\n  atmr-ml rollout start --reason "week 1"\n  atmr-ml rollout start --yes --expect-instances 2 --json':
    '\nLa première étape du plan\u00A0; après un retour en arrière, la plus petite d’avant (5\u00A0% par défaut). Met fin aux coupures forcées en\nvigueur.\n\nExemples\u00A0:\n  atmr-ml rollout start --reason "week 1"\n  atmr-ml rollout start --yes --expect-instances 2 --json',
  '\nWithout a terminal, or with --json, one object: decision (advance, hold, rollback, wait), safeToAdvance, step, percentage,\nreasons, gates, nextAt, expectedAt. It exits 0 whatever it says, and 4 where the store that decides did not answer;\n`rollout advance --dry-run` exits by the verdict.\nIn a pipe --watch prints a line whenever something changed, with --json one document a look.\n\nExamples:\n  atmr-ml rollout status\n  atmr-ml rollout status --watch\n  atmr-ml rollout status --json | jq -r .decision':
    '\nSans terminal, ou avec --json, un seul objet\u00A0: decision (advance, hold, rollback, wait), safeToAdvance, step, percentage,\nreasons, gates, nextAt, expectedAt. Le code de sortie est 0 quoi qu’il dise, et 4 où la base\nqui décide n’a pas répondu\u00A0; `rollout advance --dry-run` sort selon le verdict.\nDans un tube, --watch affiche une ligne à chaque changement, avec --json un document par regard.\n\nExemples\u00A0:\n  atmr-ml rollout status\n  atmr-ml rollout status --watch\n  atmr-ml rollout status --json | jq -r .decision',
  '--watch is "0"; expected a whole number of seconds from 1 on.':
    '--watch vaut «\u00A00\u00A0»\u00A0; attendu\u00A0: un nombre entier de secondes à partir de 1.',
  '\nEvery gate is listed. Nothing is changed, and the exit code is 3, where one fails or the plan is stopped; it is 7 where\nsomething is missing yet: time, bookings, a decided gate, an open window, another approval.\n\nExamples:\n  atmr-ml rollout advance\n  atmr-ml rollout advance --yes --json\n  atmr-ml rollout advance --dry-run\n  atmr-ml rollout advance --force --reason "board decision of 2 March"':
    '\nTous les critères sont énumérés. Rien n’est changé, et le code de sortie est 3, si l’un d’eux échoue ou si le plan est arrêté\u00A0;\nil est 7 si quelque chose manque encore\u00A0: du temps, des réservations, un critère à décider, une fenêtre ouverte, un accord.\n\nExemples\u00A0:\n  atmr-ml rollout advance\n  atmr-ml rollout advance --yes --json\n  atmr-ml rollout advance --dry-run\n  atmr-ml rollout advance --force --reason "board decision of 2 March"',
  '\nThe traffic stays as it is and the guard goes on watching; the plan waits until `rollout resume`.\n\nExamples:\n  atmr-ml rollout hold --reason "strike on Thursday"':
    '\nLe trafic reste tel quel et le gardien continue de surveiller\u00A0; le plan attend jusqu’à `rollout resume`.\n\nExemples\u00A0:\n  atmr-ml rollout hold --reason "strike on Thursday"',
  '\nGoes back to the share of the step, where that was changed. What the guard acted on counts as seen.\n\nExamples:\n  atmr-ml rollout resume --reason "cause found and mended" --yes':
    '\nRevient à la part de l’étape, si elle a été changée. Ce qui a fait agir le gardien compte comme vu.\n\nExemples\u00A0:\n  atmr-ml rollout resume --reason "cause found and mended" --yes',
  '\nIt asks nobody and looks at no gate. To 0 % it is a forced off: one store that answers is enough.\n\nExamples:\n  atmr-ml rollout rollback --reason "complaints"\n  atmr-ml rollout rollback --to previous\n  atmr-ml rollout rollback --to 10':
    '\nNe demande rien à personne et ne regarde aucun critère. À 0\u00A0%, c’est une coupure forcée\u00A0: il suffit d’un stockage qui répond.\n\nExemples\u00A0:\n  atmr-ml rollout rollback --reason "complaints"\n  atmr-ml rollout rollback --to previous\n  atmr-ml rollout rollback --to 10',
  '--to is "{0}"; expected previous, or a share such as 10.':
    '--to vaut «\u00A0{0}\u00A0»\u00A0; attendu\u00A0: previous, ou une part telle que 10.',
  '\nExit code 3 when the plan has an error.\n\nExamples:\n  atmr-ml rollout lint --config atmr-ml.config.yaml':
    '\nCode de sortie 3 si le plan a une erreur.\n\nExemples\u00A0:\n  atmr-ml rollout lint --config atmr-ml.config.yaml',
  'settled bookings: CSV, JSON, NDJSON, gzipped or not; - is stdin; or postgres':
    'réservations réglées\u00A0: CSV, JSON, NDJSON, compressé par gzip ou non\u00A0; - est l’entrée standard\u00A0; ou postgres',
  'a made-up world instead: ordinary, {0}': 'plutôt un monde inventé\u00A0: ordinary, {0}',
  'the day on which the scenario starts (default: 1)':
    'le jour où le scénario commence (par défaut\u00A0: 1)',
  'of the made-up world (default: 100)': 'réservations par jour du monde inventé (par défaut\u00A0: 100)',
  'how long it is played (default: 60)': 'combien de jours il est joué (par défaut\u00A0: 60)',
  'the same seed gives the same play (default: 1)':
    'la même graine donne la même partie (par défaut\u00A0: 1)',
  'the .onnx file to roll out': 'le fichier .onnx à déployer',
  'past 50 % also with a model that learned from made-up bookings':
    'au-delà de 50\u00A0% aussi avec un modèle qui a appris de réservations inventées',
  '\nPlays the plan of the configuration day by day, by the same gates and rules that decide a live rollout. Whoever has to\nagree does so at once; nobody resumes after a stop. What the model learned from is left out and counted.\n\nExit codes: 0 it reached the last step, 3 it was stopped, 7 the bookings ended before.\n\nExamples:\n  atmr-ml rollout simulate --scenario model-worse\n  atmr-ml rollout simulate --source last-quarter.csv\n  atmr-ml rollout simulate --scenario ordinary --allow-simulated --json':
    '\nJoue le plan de la configuration jour par jour, selon les mêmes critères et règles qui décident d’un vrai déploiement. Qui doit\ndonner son accord le donne tout de suite\u00A0; personne ne reprend après un arrêt. Ce dont le modèle a appris est laissé de côté et\ncompté.\n\nCodes de sortie\u00A0: 0 la dernière étape est atteinte, 3 il a été arrêté, 7 les réservations ont pris fin avant.\n\nExemples\u00A0:\n  atmr-ml rollout simulate --scenario model-worse\n  atmr-ml rollout simulate --source last-quarter.csv\n  atmr-ml rollout simulate --scenario ordinary --allow-simulated --json',
  "\nOn a terminal, and without the name of a subcommand: the weekly look. Where the rollout is, the week's evidence, the\nchecklist, the return so far, then one change if you want it, and its first minutes. In French with --lang fr, or where\nthe locale is. Ctrl-C at any question changes nothing and exits 130. It prints the command that does the same.\n\nExamples:\n  atmr-ml rollout\n  atmr-ml rollout --lang fr --watch 300":
    '\nDans un terminal, et sans nom de sous-commande\u00A0: le point de la semaine. Où en est le déploiement, les preuves de la semaine, la\nliste, le retour jusqu’ici, puis un changement si vous le voulez, et ses premières minutes. En français avec --lang fr, ou si\nl’environnement l’est. Ctrl-C à une question ne change rien et sort avec 130. La commande qui fait de même est affichée.\n\nExemples\u00A0:\n  atmr-ml rollout\n  atmr-ml rollout --lang fr --watch 300',
  'why; asked for when left out': 'pourquoi\u00A0; demandé si omis',
  'who (default: the user of the operating system)': 'qui (par défaut\u00A0: l’utilisateur du système)',
  'how long the first minutes after a change are watched':
    'combien de temps surveiller les premières minutes après un changement',
  'The weekly look needs a terminal. Run `atmr-ml rollout status`, or a subcommand: `atmr-ml rollout --help`.':
    'Le point de la semaine a besoin d’un terminal. Lancez `atmr-ml rollout status`, ou une sous-commande\u00A0: `atmr-ml rollout --help`.',
  'begin with the first step': 'commencer par la première étape',
  'where it stands, what is missing, and what to do next':
    'où il en est, ce qui manque, et que faire ensuite',
  'keep it on the screen, looking every 5 seconds, until Ctrl-C or q':
    'le garder à l’écran, en regardant toutes les 5 secondes, jusqu’à Ctrl-C ou q',
  'the next step, where every gate passes': 'l’étape suivante, si tous les critères sont atteints',
  'past gates, time and calendar; needs --reason, and is recorded':
    'malgré les critères, la durée et le calendrier\u00A0; il faut --reason, et c’est enregistré',
  'stay where it is': 'rester où il en est',
  'go on with the step': 'reprendre l’étape',
  'less traffic, or none, now': 'moins de trafic, ou aucun, tout de suite',
  'previous, or a share': 'previous, ou une part',
  'play the whole plan on past bookings or in a made-up world':
    'jouer tout le plan sur des réservations passées ou dans un monde inventé',
  'check the plan of the configuration': 'vérifier le plan de la configuration',
  // commands/serve.ts
  'of the API (default: 5000); 0 takes any free one':
    'port de l’API (par défaut\u00A0: 5000)\u00A0; 0 en prend un libre',
  'of the dashboard (default: 3000); 0 takes any free one':
    'port du tableau de bord (par défaut\u00A0: 3000)\u00A0; 0 en prend un libre',
  'how long answers and outcomes are kept (default: 400); their sums stay':
    'combien de jours garder réponses et résultats (par défaut\u00A0: 400)\u00A0; leurs sommes restent',
  'where to listen (default: 127.0.0.1); others need ATMR_ML_TOKEN':
    'où écouter (par défaut\u00A0: 127.0.0.1)\u00A0; ailleurs il faut ATMR_ML_TOKEN',
  '\nBoth ports serve the same application. Ctrl-C or SIGTERM ends it when what is under way is done; twice, at once.\n\nExamples:\n  atmr-ml serve\n  atmr-ml serve --port 8080 --dashboard-port 8081\n  ATMR_ML_TOKEN=$(openssl rand -hex 32) atmr-ml serve --host 0.0.0.0\n  curl http://localhost:5000/api/feature-flags/status':
    '\nLes deux ports servent la même application. Ctrl-C ou SIGTERM y met fin quand ce qui est en cours est fait\u00A0; deux fois, tout de\nsuite.\n\nExemples\u00A0:\n  atmr-ml serve\n  atmr-ml serve --port 8080 --dashboard-port 8081\n  ATMR_ML_TOKEN=$(openssl rand -hex 32) atmr-ml serve --host 0.0.0.0\n  curl http://localhost:5000/api/feature-flags/status',
  'warning: {0}': 'avertissement\u00A0: {0}',
  'API: {0}/api\nDashboard: {1}/ml-monitoring\nCtrl-C ends it.':
    'API\u00A0: {0}/api\nTableau de bord\u00A0: {1}/ml-monitoring\nCtrl-C y met fin.',
  // commands/simulate.ts
  'how many bookings (default: {0})': 'combien de réservations (par défaut\u00A0: {0})',
  'first day, YYYY-MM-DD (default: {0})': 'premier jour, AAAA-MM-JJ (par défaut\u00A0: {0})',
  'how many days they spread over (default: {0})':
    'sur combien de jours elles s’étalent (par défaut\u00A0: {0})',
  'the same seed gives the same bytes (default: {0})':
    'la même graine donne les mêmes octets (par défaut\u00A0: {0})',
  'where to write them, gzipped if it ends in .gz; - is stdout':
    'où les écrire, compressées par gzip si le nom finit par .gz\u00A0; - est la sortie standard',
  'bookings, or ready: features without timestamps': 'bookings, ou ready\u00A0: des variables sans heures',
  'csv or ndjson': 'csv ou ndjson',
  'bookings without an outcome yet (default: 0)': 'réservations encore sans résultat (par défaut\u00A0: 0)',
  'a change of the world: {0}': 'un changement du monde\u00A0: {0}',
  'the day it starts, the first being 1 (default: the middle)':
    'le jour où il commence, le premier étant 1 (par défaut\u00A0: le milieu)',
  '\nScenarios:\n{0}\n\nExamples:\n  atmr-ml simulate --out bookings.csv\n  atmr-ml simulate --bookings 1000000 --seed 7 --out big.csv\n  atmr-ml simulate --from 2026-12-01 --days 60 --scenario snow-week | atmr-ml ab-test --source -':
    '\nScénarios\u00A0:\n{0}\n\nExemples\u00A0:\n  atmr-ml simulate --out bookings.csv\n  atmr-ml simulate --bookings 1000000 --seed 7 --out big.csv\n  atmr-ml simulate --from 2026-12-01 --days 60 --scenario snow-week | atmr-ml ab-test --source -',
  // commands/status.ts
  'keep it on the screen, looking each second, until Ctrl-C or q':
    'le garder à l’écran, en regardant chaque seconde, jusqu’à Ctrl-C ou q',
  '\nExit code: 0 the store that decides answered, 4 it did not.\nWith --watch, the last 24 hours by hour as well. In a pipe --watch prints a line whenever something changed, with --json\none document a second.\n\nExamples:\n  atmr-ml status\n  atmr-ml status --watch\n  atmr-ml status --watch >> atmr-ml.log\n  atmr-ml status --json | jq .state':
    '\nCode de sortie\u00A0: 0 le stockage qui décide a répondu, 4 il n’a pas répondu.\nAvec --watch, aussi les dernières 24 heures par heure. Dans un tube, --watch affiche une ligne à chaque changement, avec --json\nun document par seconde.\n\nExemples\u00A0:\n  atmr-ml status\n  atmr-ml status --watch\n  atmr-ml status --watch >> atmr-ml.log\n  atmr-ml status --json | jq .state',
  // commands/train.ts
  'the .onnx file to write, its manifest beside it (default: models/<name>.onnx)':
    'le fichier .onnx à écrire, son manifeste à côté (par défaut\u00A0: models/<name>.onnx)',
  'of the model (default: that of --out, else delay_predictor)':
    'nom du modèle (par défaut\u00A0: celui de --out, sinon delay_predictor)',
  'of the random choices; the same seed gives the same bytes (default: 1)':
    'graine des choix au hasard\u00A0; la même graine donne les mêmes octets (par défaut\u00A0: 1)',
  'what the model looks at, separated by commas': 'ce que le modèle regarde, séparé par des virgules',
  '\nThe earliest 70 % of the bookings train, the next 15 % choose the number of trees, the latest 15 % only test.\nA table without times is split by a seeded shuffle instead.\n\nExamples:\n  atmr-ml train --source bookings.csv --out models/spring.onnx\n  atmr-ml simulate --seed 7 | atmr-ml train --source - --out /tmp/demo.onnx --json':
    '\nLes premiers 70\u00A0% des réservations entraînent, les 15\u00A0% suivants choisissent le nombre d’arbres, les derniers 15\u00A0% ne font que\ntester. Une table sans heures est partagée par un tirage à graine.\n\nExemples\u00A0:\n  atmr-ml train --source bookings.csv --out models/spring.onnx\n  atmr-ml simulate --seed 7 | atmr-ml train --source - --out /tmp/demo.onnx --json',
  // commands/watch.ts
  '\nIt is a reader itself: it reports to the stores and confirms changes, as a service would.\n\nExamples:\n  atmr-ml watch\n  atmr-ml watch --json | jq \'select(.event == "forced off")\'':
    '\nC’est un lecteur lui-même\u00A0: il se signale aux stockages et confirme les changements, comme le ferait un service.\n\nExemples\u00A0:\n  atmr-ml watch\n  atmr-ml watch --json | jq \'select(.event == "forced off")\'',
  'Watching {0}; times are those of {1}; Ctrl-C ends it.':
    'Surveillance de {0}\u00A0; les heures sont celles du fuseau {1}\u00A0; Ctrl-C y met fin.',
  // commands/weather-check.ts
  'a town, or a place of weather.places (default: geneva)':
    'une ville, ou un lieu de weather.places (par défaut\u00A0: geneva)',
  'instead of --place': 'au lieu de --place',
  'with --lat': 'avec --lat',
  'inject an outage and prove that the neutral factor stands in':
    'provoquer une panne et prouver que le facteur neutre prend le relais',
  'the model to ask (default: the shipped model)':
    'le modèle à interroger (par défaut\u00A0: le modèle livré)',
  '\nExit code: 0 the weather is live, or the drill worked; 2 no key, or not a valid\none; 3 the drill failed; 4 the service did not answer, or the quota is used up.\n\nExamples:\n  atmr-ml weather-check\n  atmr-ml weather-check --lat 46.20 --lon 6.14 --json\n  atmr-ml weather-check --drill':
    '\nCode de sortie\u00A0: 0 la météo est en direct, ou l’exercice a réussi\u00A0; 2 pas de clé,\nou une clé non valable\u00A0; 3 l’exercice a échoué\u00A0; 4 le service n’a pas répondu, ou\nle quota est épuisé.\n\nExemples\u00A0:\n  atmr-ml weather-check\n  atmr-ml weather-check --lat 46.20 --lon 6.14 --json\n  atmr-ml weather-check --drill',
  'No model was asked: {0}': 'Aucun modèle n’a été interrogé\u00A0: {0}',
};
