import type { Catalogue } from '../language.js';

export const FLAG: Catalogue = {
  // answer/ask-model.ts
  'The model failed.': 'Le modèle a échoué.',
  'The model did not answer before the deadline.': 'Le modèle n’a pas répondu dans le délai.',
  // answer/give-answer.ts
  'The model did not answer before the deadline': 'Le modèle n’a pas répondu dans le délai',
  'The model failed': 'Le modèle a échoué',
  'and the flag forbids falling back on the heuristic. Ask again later, or allow it':
    'et le drapeau interdit de se rabattre sur l’heuristique. Redemandez plus tard, ou autorisez-le',
  '{0}, {1} (FALLBACK_ON_ERROR).': '{0}, {1} (FALLBACK_ON_ERROR).',
  // answer/requests.ts
  'The request {0} was answered for booking {1}, not {2}':
    'La demande {0} a reçu sa réponse pour la réservation {1}, et non {2}',
  "{0}. Give each booking's request an id of its own.":
    '{0}. Donnez à la demande de chaque réservation son propre identifiant.',
  // flag/chain-fault.ts
  'the row does not match its hash': 'la ligne ne correspond pas à son empreinte',
  'the row before it is missing or was replaced': 'la ligne précédente manque ou a été remplacée',
  'its revision is not above the one before': 'sa révision n’est pas supérieure à la précédente',
  'what it says was before is not what the row before left':
    'l’état antérieur qu’elle indique n’est pas celui que la ligne précédente a laissé',
  'the flag is not what the newest row left':
    'le drapeau n’est pas celui que la ligne la plus récente a laissé',
  // flag/commit.ts
  '{0} did not say whether change {1} was recorded ({2}). Run `atmr-ml history --change {3}` when it answers again.':
    '{0} n’a pas dit si le changement {1} a été enregistré ({2}). Lancez `atmr-ml history --change {3}` quand il répondra de nouveau.',
  '{0} did not take the forced off: {1}': '{0} n’a pas pris la coupure forcée\u00A0: {1}',
  // flag/confirmation.ts
  '{0} has seen revision {1}, the record is at {2}: the record lost data.':
    '{0} a vu la révision {1}, le registre en est à {2}\u00A0: le registre a perdu des données.',
  'Interrupted while waiting: recorded as forced off {0}, not confirmed.':
    'Interrompu pendant l’attente\u00A0: enregistré comme coupure forcée {0}, pas confirmé.',
  'Interrupted while waiting: recorded as revision {0}, not confirmed.':
    'Interrompu pendant l’attente\u00A0: enregistré comme révision {0}, pas confirmé.',
  '{0} on {1} is live and still at revision {2}.': '{0} sur {1} est en marche et encore à la révision {2}.',
  '{0} on {1} was live when the change was sent, fell silent since, and was still at revision {2}.':
    '{0} sur {1} était en marche à l’envoi du changement, s’est tue depuis, et était encore à la révision {2}.',
  '{0} did not say which instances read it: whether they have the change is not known.':
    '{0} n’a pas dit quelles instances le lisent\u00A0: on ne sait pas si elles ont le changement.',
  'no running process reads this store: {0}': 'aucun processus en marche ne lit ce stockage\u00A0: {0}',
  '{0} of the {1} expected instances are live.': '{0} instances en marche sur les {1} attendues.',
  '{0}, last seen {1} s ago, may serve the model until {2}':
    '{0}, vue pour la dernière fois il y a {1} s, peut servir le modèle jusqu’à {2}',
  'or, if it is started again, for {0} min from then':
    'ou, si elle est relancée, pendant {0} min à partir de là',
  '{0}, {1}, unless it reaches a store': '{0}, {1}, sauf si elle atteint un stockage',
  // flag/conflict.ts
  'flag {0} was never written, so it is not at revision {1}':
    'le drapeau {0} n’a jamais été écrit\u00A0; il n’est donc pas à la révision {1}',
  'flag {0} is at revision {1}, not {2}: {3}': 'le drapeau {0} est à la révision {1}, et non {2}\u00A0: {3}',
  '{0}. Run `atmr-ml status` and try again.': '{0}. Lancez `atmr-ml status` et réessayez.',
  'flag {0}: recorded as revision {1}, then {2}. Run `atmr-ml status` before you change it again.':
    'drapeau {0}\u00A0: enregistré comme révision {1}, puis {2}. Lancez `atmr-ml status` avant de le changer à nouveau.',
  '{0} wrote the initial {1} %': '{0} a écrit la part initiale de {1}\u00A0%',
  '{0} set {1} %': '{0} a fixé la part à {1}\u00A0%',
  '{0} forced it off': '{0} a coupé le modèle de force',
  '{0} changed the model': '{0} a changé le modèle',
  '{0}, {1} %': '{0}, {1}\u00A0%',
  ' (“{0}”)': ' («\u00A0{0}\u00A0»)',
  '{0} at {1}{2}': '{0}, {1}{2}',
  '{0} started the rollout': '{0} a commencé le déploiement',
  '{0} found the step ready': '{0} a trouvé l’étape prête',
  '{0} found the step not ready any more': '{0} a constaté que l’étape n’est plus prête',
  '{0} approved the step': '{0} a approuvé l’étape',
  '{0} advanced the rollout': '{0} a avancé le déploiement',
  '{0} saw the advance confirmed': '{0} a vu l’avance confirmée',
  '{0} held the rollout': '{0} a mis le déploiement en pause',
  '{0} resumed the rollout': '{0} a repris le déploiement',
  '{0} rolled back': '{0} est revenu en arrière',
  '{0} halved the traffic': '{0} a réduit le trafic de moitié',
  '{0} set the share by hand': '{0} a fixé la part à la main',
  '{0} completed the rollout': '{0} a terminé le déploiement',
  // flag/disable-directly.ts
  'No address of a running instance is known here, so none was asked directly.':
    'Aucune adresse d’une instance en marche n’est connue ici\u00A0: aucune n’a donc été interrogée directement.',
  '{0} on {1} {2}': '{0} sur {1} {2}',
  'Asked directly: {0}.': 'Interrogées directement\u00A0: {0}.',
  'listens on its own machine only': 'n’écoute que sur sa propre machine',
  'is off': 'est coupée',
  'refused ({0}{1})': 'a refusé ({0}{1})',
  'did not answer at {0} ({1})': 'n’a pas répondu à {0} ({1})',
  // flag/disable.ts
  "this machine's readers are off, others may not be. This machine's next atmr-ml command or reader sends it; or run `atmr-ml disable` where a store answers.":
    'les lecteurs de cette machine sont coupés, d’autres peut-être pas. La prochaine commande atmr-ml ou le prochain lecteur de cette machine l’enverra\u00A0; ou lancez `atmr-ml disable` là où un stockage répond.',
  "this machine's disk failed too ({0}), so nothing is known to hold it. Run `atmr-ml disable` again, or where a store answers.":
    'le disque de cette machine a échoué aussi ({0}), si bien que rien de connu ne la conserve. Relancez `atmr-ml disable`, ou lancez-le là où un stockage répond.',
  ' `atmr-ml history --change {0}` tells whether it was recorded.':
    ' `atmr-ml history --change {0}` dit si elle a été enregistrée.',
  'No store confirmed the forced off {0} ({1}): {2}{3}':
    'Aucun stockage n’a confirmé la coupure forcée {0} ({1})\u00A0: {2}{3}',
  '{0} does not have it yet: {1} It is carried there when {2} returns.':
    '{0} ne l’a pas encore\u00A0: {1} Elle y est portée quand {2} revient.',
  "This machine's disk failed, so only the stores hold the forced off: {0}":
    'Le disque de cette machine a échoué\u00A0: seuls les stockages conservent la coupure forcée\u00A0: {0}',
  'What this machine knew of the flag could not be read from its disk: {0}':
    'Ce que cette machine savait du drapeau n’a pas pu être lu sur son disque\u00A0: {0}',
  // flag/disk.ts
  '{0} cannot be written: {1}. Set ATMR_ML_HOME to a folder this user may write.':
    'impossible d’écrire dans {0}\u00A0: {1}. Donnez à ATMR_ML_HOME un dossier où cet utilisateur peut écrire.',
  // flag/documents.ts
  'a host whose report is unreadable': 'un hôte dont le rapport est illisible',
  'the document': 'le document',
  'Another program, or a newer atmr-ml, wrote it. Update atmr-ml, or have the other program correct it; `atmr-ml disable` reaches the stores that are readable.':
    'Un autre programme, ou un atmr-ml plus récent, l’a écrit. Mettez atmr-ml à jour, ou faites corriger par l’autre programme\u00A0; `atmr-ml disable` atteint les stockages lisibles.',
  '{0} holds something unreadable at {1}: {2}. {3}':
    '{0} contient quelque chose d’illisible à {1}\u00A0: {2}. {3}',
  // flag/edit.ts
  'Nothing was changed: {0} This change needs every configured store. Try again when it answers; `atmr-ml disable` works with the stores that do.':
    'Rien n’a été changé\u00A0: {0} Ce changement a besoin de tous les stockages configurés. Réessayez quand il répondra\u00A0; `atmr-ml disable` fonctionne avec les stockages qui répondent.',
  'The stores differ.': 'Les stockages diffèrent.',
  'Revision {0} is recorded, but not in every store: {1} A forced off, if there was one, still holds. It completes by itself when the store returns; `atmr-ml disable` cancels it.':
    'La révision {0} est enregistrée, mais pas dans tous les stockages\u00A0: {1} Une coupure forcée, s’il y en avait une, tient toujours. Cela se termine tout seul quand le stockage revient\u00A0; `atmr-ml disable` l’annule.',
  'Recorded, but the flag is forced off by {0}: only `activate` ends that.':
    'Enregistré, mais le drapeau est coupé de force par {0}\u00A0: seul `activate` y met fin.',
  'This revision carries an unfinished activate to its end.':
    'Cette révision mène à son terme une activation inachevée.',
  // flag/flag.ts
  '1 to 100 letters, digits, dots, dashes and underscores':
    '1 à 100 lettres, chiffres, points, tirets et tirets bas',
  // flag/initial-settings.ts
  'ML_TRAFFIC_PERCENTAGE is "{0}"; expected 0 to 100, at most two decimals.':
    'ML_TRAFFIC_PERCENTAGE vaut «\u00A0{0}\u00A0»\u00A0; de 0 à 100 est attendu, avec deux décimales au plus.',
  // flag/initial.ts
  'on, {0} %': 'activé, {0}\u00A0%',
  'ML_ENABLED={0}, {1} % will be written as revision 1 by the next change: {2}.':
    'ML_ENABLED={0}, {1}\u00A0% sera écrit comme révision 1 par le prochain changement\u00A0: {2}.',
  'ML_ENABLED=true is ignored: Redis alone cannot tell a wiped store from a new one. Run `atmr-ml activate` to switch the model on.':
    'ML_ENABLED=true est ignoré\u00A0: Redis seul ne permet pas de distinguer un stockage effacé d’un nouveau. Lancez `atmr-ml activate` pour activer le modèle.',
  'The store held no flag; wrote ML_ENABLED={0}, {1} %, as revision 1.':
    'Le stockage ne contenait pas de drapeau\u00A0; ML_ENABLED={0}, {1}\u00A0% a été écrit comme révision 1.',
  // flag/memory.ts
  'The last known flag could not be written to disk: {0}':
    'Le dernier drapeau connu n’a pas pu être écrit sur le disque\u00A0: {0}',
  // flag/model-reference.ts
  'model: {0} → {1}': 'modèle\u00A0: {0} → {1}',
  '{0} on {1} runs {2}, the flag names {3}': '{0} sur {1} utilise {2}, le drapeau nomme {3}',
  '{0}: it answers control until it runs that.':
    '{0}\u00A0: elle répond par la variante témoin (control) tant qu’elle ne l’utilise pas.',
  // flag/redis-address.ts
  'redis://:password@host:6379/0, rediss://…, redis+sentinel://host:26379,host:26379/name or redis+cluster://host:6379,host:6379':
    'redis://:password@host:6379/0, rediss://…, redis+sentinel://host:26379,host:26379/name ou redis+cluster://host:6379,host:6379',
  'Redis at {0}': 'Redis ({0})',
  'Redis Cluster at {0}': 'Redis Cluster ({0})',
  'Redis {0} by the sentinels at {1}': 'Redis {0} par les sentinelles {1}',
  'REDIS_URL is not one of {0}, with a % in the login as %25.':
    'REDIS_URL n’est pas l’une de {0}, avec %25 pour un % dans l’identifiant.',
  // flag/redis-connection.ts
  '{0} has no database of the number in REDIS_URL. Expected one that its `databases` setting allows, such as /0.':
    '{0} n’a pas de base du numéro indiqué dans REDIS_URL. Un numéro que permet son réglage `databases` est attendu, par exemple /0.',
  // flag/status.ts
  'never written': 'jamais écrit',
  // flag/stores.ts
  'Postgres at {0}': 'Postgres ({0})',
  // flag/sync.ts
  '{0} did not say which instances read it.': '{0} n’a pas dit quelles instances le lisent.',
  // flag/watch-events.ts
  'revision {0}: {1}': 'révision {0}\u00A0: {1}',
  'forced off by {0} on {1}': 'coupé de force par {0} sur {1}',
  'the forced off by {0} has ended': 'la coupure forcée de {0} a pris fin',
  '{0} answers': '{0} répond',
  'instance {0} is live': 'l’instance {0} est en marche',
  'instance {0} is lost': 'l’instance {0} est perdue',
  'instance {0} is stopped': 'l’instance {0} est arrêtée',
  // ledger/keep.ts
  'no answer for {0} ms': 'pas de réponse depuis {0} ms',
  'Neither the ledger ({0}) nor the disk ({1}) took an answer.':
    'Ni le registre ({0}) ni le disque ({1}) n’a pris de réponse.',
  // ledger/read-predictions.ts
  'The cursor is none of ours; expected that of the page before, or none.':
    'Le curseur n’est pas des nôtres\u00A0; celui de la page précédente est attendu, ou aucun.',
  // ledger/settle.ts
  'actualDelayMinutes is {0}; expected minutes.':
    'actualDelayMinutes vaut {0}\u00A0; des minutes sont attendues.',
  // ledger/start-recorder.ts
  'The recorder has stopped.': 'L’enregistreur est arrêté.',
  '{0} answers wait already.': '{0} réponses attendent déjà.',
  // ledger/storable.ts
  '{0} is {1}; expected a finite number.': '{0} vaut {1}\u00A0; un nombre fini est attendu.',
  'createdMs is {0}; expected a time.': 'createdMs vaut {0}\u00A0; une heure est attendue.',
  '{0} has {1} bytes; expected 1 to {2}.': '{0} a {1} octets\u00A0; de 1 à {2} sont attendus.',
  // watching/watch.ts
  'q ends it': 'q pour quitter',
};
