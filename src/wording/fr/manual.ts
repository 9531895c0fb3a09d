import type { Catalogue } from '../language.js';

/** Completion, the manual page, and the flag for other evaluators. */
export const MANUAL: Catalogue = {
  'what a shell needs to complete commands and options: bash, zsh, fish':
    'ce qu’il faut à un shell pour compléter commandes et options\u00A0: bash, zsh, fish',
  'the flag as it stands, for another evaluator: export it as a definition of flagd':
    'le drapeau tel qu’il est, pour un autre évaluateur\u00A0: l’exporter comme définition de flagd',
  'More: {0}': 'Pour en savoir plus\u00A0: {0}',
  // commands/completion.ts
  '\nPrints a script which the shell loads; then Tab completes commands, options and their values.\n\nExamples:\n  source <(atmr-ml completion bash)          # in ~/.bashrc\n  source <(atmr-ml completion zsh)           # in ~/.zshrc, after compinit\n  atmr-ml completion fish | source           # in ~/.config/fish/config.fish\n  atmr-ml completion fish > ~/.config/fish/completions/atmr-ml.fish':
    '\nÉcrit un script que le shell charge\u00A0; la touche Tab complète ensuite commandes, options et leurs valeurs.\n\nExemples\u00A0:\n  source <(atmr-ml completion bash)          # dans ~/.bashrc\n  source <(atmr-ml completion zsh)           # dans ~/.zshrc, après compinit\n  atmr-ml completion fish | source           # dans ~/.config/fish/config.fish\n  atmr-ml completion fish > ~/.config/fish/completions/atmr-ml.fish',
  'bash, zsh or fish': 'bash, zsh ou fish',
  'the shell': 'le shell',
  'Which shell is missing: bash, zsh or fish.': 'Il manque le nom du shell\u00A0: bash, zsh ou fish.',
  // commands/flag.ts
  'the flag as it stands, for a tool that evaluates it by itself':
    'le drapeau tel qu’il est, pour un outil qui l’évalue lui-même',
  'flagd: its JSON definition, with the same cohort': 'flagd\u00A0: sa définition JSON, avec la même cohorte',
  'write it to a file, whole or not at all, instead of printing it':
    'l’écrire dans un fichier, entier ou pas du tout, au lieu de l’afficher',
  '{0} holds revision {1}; it does not follow what comes later.':
    '{0} contient la révision {1}\u00A0; il ne suit pas ce qui vient après.',
  '\nIt is a copy of one moment: what comes later, a forced off too, reaches flagd with the next export.\n\nExamples:\n  atmr-ml flag export --format flagd\n  atmr-ml flag export --format flagd --out flags.json && flagd start --uri file:flags.json':
    '\nC’est la copie d’un instant\u00A0: ce qui vient après, coupure forcée comprise, n’atteint flagd qu’au prochain export.\n\nExemples\u00A0:\n  atmr-ml flag export --format flagd\n  atmr-ml flag export --format flagd --out flags.json && flagd start --uri file:flags.json',
  '\nExamples:\n  atmr-ml flag export --format flagd':
    '\nExemples\u00A0:\n  atmr-ml flag export --format flagd',
  // src/flag/read-standing.ts
  'Nothing was exported: a copy of what is not known would be wrong for as long as it is used':
    'Rien n’a été exporté\u00A0: une copie de ce qui n’est pas connu serait fausse aussi longtemps qu’elle sert',
  '{0} {1}. Try again when it answers.': '{0} {1}. Réessayez quand il répond.',
  'The store lost data: somebody knows a newer flag than it holds, and all readers answer control':
    'Le stockage a perdu des données\u00A0: quelqu’un connaît un drapeau plus récent que le sien, et tous les lecteurs répondent control',
  '{0}. Nothing was exported. See `atmr-ml status`.': '{0}. Rien n’a été exporté. Voir `atmr-ml status`.',
  // src/sqlite.ts
  'its binary is missing': 'son binaire manque',
  'SQLite at {0} cannot be opened: its driver for this system is not installed ({1})':
    'SQLite dans {0} ne peut pas être ouvert\u00A0: son pilote pour ce système n’est pas installé ({1})',
  'Install atmr-ml again without --omit=optional, or set DATABASE_URL':
    'Réinstallez atmr-ml sans --omit=optional, ou définissez DATABASE_URL',
  // src/manual/man-page.ts
  'done, or the verdict is yes': 'fait, ou le verdict est oui',
  'a bug': 'un défaut du programme',
  'wrong usage, configuration or input; nothing was changed':
    'usage, configuration ou entrée incorrects\u00A0; rien n’a été changé',
  'it worked and the verdict is no': 'cela a fonctionné et le verdict est non',
  'something it depends on did not answer': 'une dépendance n’a pas répondu',
  'somebody else changed the flag first': 'quelqu’un d’autre a changé le drapeau avant',
  'written, but not confirmed everywhere in time': 'écrit, mais pas confirmé partout à temps',
  'not enough data for a verdict': 'données insuffisantes pour un verdict',
  'Postgres, which keeps the flag, its history, predictions and outcomes':
    'Postgres, qui garde le drapeau, son historique, les prédictions et les résultats',
  'Redis beside Postgres, or alone': 'Redis à côté de Postgres, ou seul',
  'the folder of the embedded store': 'le dossier du stockage intégré',
  'a replica to read bookings from': 'une réplique où lire les réservations',
  'live weather': 'la météo en direct',
  'who may change the flag, send bookings, read':
    'qui peut changer le drapeau, envoyer des réservations, lire',
  'the language: English, or French where it begins with fr':
    'la langue\u00A0: anglais, ou français si elle commence par fr',
  'the configuration, in the working directory': 'la configuration, dans le dossier de travail',
  'variables, in the working directory': 'des variables, dans le dossier de travail',
};
