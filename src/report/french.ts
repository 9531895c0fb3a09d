import { FRENCH as alerts } from '../alerts/messages/french.js';
import type { ReasonCode } from '../rollout/assess.js';
import { FRENCH as monitoring } from '../wording/french.js';
import type { ReportWords } from './words.js';

/** Of these a reader wants to know what somebody wrote, or what was seen. */
const TOLD_IN_FULL: readonly ReasonCode[] = ['breach', 'held', 'rolled_back', 'telemetry'];

export const FRENCH: ReportWords = {
  ...{ monitoring, alerts },
  page: { banners: 'À lire d’abord', numbers: 'Chiffres', numbersOf: (what) => ` de : ${what}` },
  title: (kind, name) => `Rapport ${kind === 'week' ? 'hebdomadaire' : 'mensuel'} ${name}`,
  span: (first, last) => `du ${ordinal(first)} au ${ordinal(last)}`,
  unfinished: (at) => `Période en cours : ce qui est dit vaut pour ce qu’il y avait le ${at}.`,
  facts: {
    period: 'Période',
    heldAgainst: 'Comparée à',
    flag: 'Drapeau',
    model: 'Modèle à la fin',
    made: 'Établi le',
    stores: 'Stockages',
  },
  none: 'aucun',
  headlines: {
    better: (size) => `Le modèle est meilleur : ${size} d’erreur en moins que l’heuristique`,
    worse: (size) => `Le modèle est moins bon : ${size} d’erreur en plus que l’heuristique`,
    undecided: () => 'Indécis : ni l’un ni l’autre n’est prouvé meilleur pour le moment',
    no_data: () => 'Données insuffisantes pour dire si le modèle est meilleur',
  },
  onAverage: (model, heuristic, settled, since) =>
    `Depuis le ${since}, le modèle s’est trompé de ${model} en moyenne et l’heuristique de ${heuristic}, sur les mêmes ${settled} courses.`,
  less: (size) => `${size} de moins`,
  more: (size) => `${size} de plus`,
  interval: (least, most) => `À 95 %, son erreur est entre ${least} et ${most} que celle de l’heuristique.`,
  ends: (value, lower, upper) => `${value} [${lower} à ${upper}]`,
  notProven: 'Cela peut être le hasard.',
  nobodySettled: 'Aucun résultat d’un jour entier n’est connu pour le moment.',
  modelOff: 'Le modèle est coupé : l’heuristique répond à toutes les courses.',
  shareNow: (share) => `Le modèle répond à ${share} des courses.`,
  shareMoved: (atEnd, now) =>
    `Le modèle répondait à ${atEnd} des courses à la fin de la période, et à ${now} maintenant.`,
  takenBack: (times) =>
    times === 0
      ? 'Aucun trafic n’a été retiré.'
      : `Du trafic a été retiré ${times === 1 ? 'une fois' : `${times} fois`} : voir les décisions.`,
  notKnown: (fault) => `Inconnu : ${fault}`,
  thisOne: { week: 'cette semaine', month: 'ce mois' },
  theOneBefore: { week: 'la semaine d’avant', month: 'le mois d’avant' },
  happened: {
    heading: 'Ce qui s’est passé',
    intro:
      'Réponses selon l’heure de la demande ; scores du modèle sur toutes les courses au résultat connu, ombre comprise, selon l’heure où le résultat a été connu.',
    traffic: 'Qui a répondu',
    head: ['Réponse de', 'cette période', 'avant'],
    answers: 'toutes les réponses',
    shares: 'Part du modèle',
    shareAt: (at, share) => `${at} : ${share}`,
    shareFrom: (share) => `au début : ${share}`,
    figures: 'Chiffres face aux objectifs du guide',
    figureHead: ['Chiffre', 'cette période', 'avant', 'objectif', 'résultat', 'mesuré sur'],
  },
  figures: {
    mae: 'MAE du modèle',
    r2: 'R²',
    accuracyRate: 'à moins de 3 min',
    missRate: 'à plus de 5 min',
    lateRecall: 'retards anticipés',
    intervalCoverage: 'dans l’intervalle à 90 %',
    failureRate: 'taux d’erreur',
    fallbackRate: 'taux de repli',
    predictionTime: 'temps de prédiction, p95',
    weatherDefaultRate: 'sans météo',
    uptime: 'disponibilité du service',
  },
  bases: {
    settled: (count) => `${count} courses au résultat connu`,
    late: (count) => `${count} courses en retard`,
    intervals: (count) => `${count} courses au résultat connu avec un intervalle`,
    attempts: (count) => `${count} essais, ombre comprise`,
    answers: (count) => `${count} réponses`,
    timed: (count) => `${count} prédictions chronométrées`,
    minutes: () => 'minutes avec un signe de vie',
  },
  evidence: {
    heading: 'Preuves',
    intro:
      'Les deux bras sur les mêmes courses au résultat connu auxquelles le modèle a donné un nombre, selon le jour de la prise en charge, dès que toutes celles d’un jour sont échues. Les bornes peuvent être regardées chaque jour ; sous 0, le modèle est meilleur.',
    arms: 'Les deux bras',
    head: ['Sur', 'résultats connus', 'MAE modèle', 'MAE heuristique', 'amélioration [95 %]'],
    sinceBaseline: (date) => `depuis le ${date}, en tout`,
    settledOf: (settled, asked) => `${settled} sur ${asked}`,
    lowCoverage: (coverage) =>
      `Le résultat est connu pour ${coverage} des courses échues ; il en faut 80 %, car les connues sont peut-être les faciles. Lancez \`atmr-ml outcomes sync\`.`,
    noneDue: 'Aucune course d’un jour entier n’est encore échue.',
    chart: 'Erreur absolue moyenne par jour',
    chartNote: 'Minutes, moins est mieux ; à gauche de la ligne pointillée, la période d’avant.',
    day: 'jour',
    gatesNow: 'Critères de l’étape actuelle, à l’heure de ce rapport',
  },
  decisions: {
    heading: 'Décisions',
    intro:
      'Chaque changement du drapeau dans la période, le plus ancien d’abord, selon l’historique que `atmr-ml history --verify` vérifie.',
    none: 'Personne n’a rien changé.',
    forced: 'FORCÉ malgré des critères',
    guard: 'le gardien',
    events: {
      start: 'a commencé le déploiement',
      ready: 'a trouvé l’étape prête',
      not_ready: 'a trouvé que l’étape n’est plus prête',
      approve: 'a donné son accord pour la prochaine étape',
      advance: 'a augmenté le trafic',
      confirmed: 'a vu chaque instance confirmer',
      hold: 'a mis en pause',
      resume: 'a repris l’étape',
      lower: 'est revenu en arrière',
      halve: 'a réduit le trafic de moitié',
      forced_off: 'a coupé le modèle de force',
      manual: 'a fixé la part à la main',
      model: 'a changé le modèle',
      complete: 'a terminé le déploiement',
    },
  },
  incidents: {
    heading: 'Incidents',
    intro: 'Ce que le gardien a trouvé dans la période, et les serveurs perdus sans arrêt.',
    none: 'Rien n’a été trouvé.',
    head: ['Quand', 'Quoi', 'Constaté', 'Fait', 'Vu'],
    levels: { notice: 'information', warn: 'avertissement', act: 'dépassement' },
    done: {
      notify: 'signalé',
      hold: 'mis en pause',
      halve: 'trafic réduit de moitié',
      roll_back: 'retour en arrière',
      disable: 'coupé de force',
    },
    wouldHave: (what) => `à blanc, aurait : ${what}`,
    nothing: 'rien',
    seenBy: (by, at) => `${by}, ${at}`,
    notSeen: 'pas confirmé',
    messages: (sent, failed, waiting) =>
      `Alertes : ${sent} envoyées, ${failed} abandonnées, ${waiting} en route (\`atmr-ml alerts list\`).`,
  },
  roi: {
    intro: (share) =>
      `Première année à ${share} du trafic, selon les minutes mesurées sur ce dont le résultat a été connu dans la période, et des hypothèses marquées comme telles.`,
    measuredOn: (settled) => `Courses au résultat connu, sur lesquelles c’est mesuré : ${settled}.`,
    notEnough: 'Données insuffisantes pour les lignes mesurées, et donc pour un retour.',
    line: 'CHF par an à 100 %',
    driver: 'selon',
    atShare: 'Retour de la première année',
    gates: (share, target, value, result) =>
      `Demandé à ${share} : plus de ${target}. C’est ${value} : ${result}.`,
    units: { points: (value) => `${value} points`, aDay: (value) => `${value} par jour` },
    assumedNote:
      'Les lignes supposées n’ont été mesurées par personne ; le cas bas ne les compte pas, sauf s’il est nommé.',
  },
  checklist: {
    intro:
      'À l’heure de ce rapport. L’outil vérifie ce qu’il peut ; au reste on répond avec `atmr-ml checklist`.',
    notStarted: 'Aucun déploiement n’a été commencé : la liste est `atmr-ml checklist before`.',
    head: ['Point', 'état', 'par qui'],
    item: (id, text) => monitoring.checklist.items[id] ?? text,
  },
  next: {
    heading: 'La suite',
    intro: (at) => `Le ${at}.`,
    run: 'Lancez',
    labels: {
      step: 'Étape',
      earliest: 'Au plus tôt',
      expected: 'Attendu',
      bookings: 'Courses de l’étape au résultat connu',
      approvals: 'Accords',
      guard: 'Gardien',
    },
    approvals: (given, needed, names) => `${given} sur ${needed}${names === '' ? '' : ` (${names})`}`,
    reason: (code, text) => {
      const known = monitoring.rollout.reasons[code];
      return TOLD_IN_FULL.includes(code) ? `${known} (« ${text} »)` : known;
    },
  },
  footer: (flag, zone) =>
    `Établi par atmr-ml report pour ${flag} ; les heures sont celles du fuseau ${zone}. Ni course, ni chauffeur, ni patient n’est nommé ici.`,
};

/** `1er novembre`: of the days of a month the first alone is counted. */
function ordinal(day: string): string {
  return day.replace(/^1 /, '1er ');
}
