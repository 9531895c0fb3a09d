import { NUMBERS } from '../../wording/numbers.js';
import type { Words } from './words.js';

const { count, decimal, percent, signedPercent, share } = NUMBERS.fr;
/** French keeps a space before a colon and within its quotation marks; no line breaks there. */
const COLON = '\u00A0: ';

export const FRENCH: Words = {
  topics: {
    failure_rate: 'le modèle échoue trop souvent',
    improvement: "le modèle se trompe plus que l'heuristique",
    prediction_time: 'les prédictions sont lentes',
    mae: "l'erreur moyenne du modèle est trop grande",
    miss_rate: 'trop de réservations sont mal prédites',
    assignment: "le trafic n'est pas réparti comme prévu",
    both_arms: 'des réservations ont reçu des réponses des deux variantes',
    drift: "les données d'entrée du modèle ont changé",
    crash: "des instances ont disparu sans s'arrêter",
    uptime: 'le service a été trop souvent indisponible',
    silence: 'plus aucune demande ne parvient au service',
    outcomes: 'trop peu de résultats sont connus',
    weather: 'la météo manque',
    ineligible: 'trop de réservations sont incomplètes pour le modèle',
    telemetry: 'la surveillance ne voit plus comment va le modèle',
    rollout: 'le déploiement a continué',
    lost_instance: "une instance a disparu sans s'arrêter",
    digest: 'informations rassemblées',
    test: "quelqu'un vérifie que les alertes arrivent",
  },
  unknownTopic: (name) => `une constatation de «\u00A0${name}\u00A0»`,
  severities: { critical: 'Critique', warning: 'Avertissement', notice: 'Information' },
  kinds: {
    begun: ({ severity, topic }) => `${severity}${COLON}${topic}`,
    acted: ({ severity, topic, deed }) => `${severity}${COLON}${topic}${deed === null ? '' : ` – ${deed}`}`,
    recovered: ({ topic }) => `Terminé${COLON}${topic}`,
    reminder: ({ severity, topic }) => `Rappel, ${severity.toLowerCase()}${COLON}${topic}`,
    moved: ({ topic, deed }) => `Déploiement${COLON}${deed ?? topic}`,
    digest: ({ items }) => (items === 1 ? 'Une information' : `${count(items)} informations`),
    test: () => `Essai${COLON}les alertes arrivent ici`,
  },
  evidence: {
    failure_rate: {
      measured: (value) => `${percent(value)} des dernières tentatives du modèle ont échoué`,
      limit: (most) => `${percent(most)} au plus sont admis`,
    },
    improvement: {
      measured: (value) =>
        `l'erreur du modèle est de ${signedPercent(value)} par rapport à celle de l'heuristique`,
      limit: (most) => `au-delà de ${percent(most, 0)}, il fait moins bien`,
    },
    prediction_time: {
      measured: (value) =>
        `les 5\u00A0% de prédictions les plus lentes ont pris ${count(Math.round(value))}\u00A0ms ou plus`,
      limit: (most) => `${count(most)}\u00A0ms au plus sont admises`,
    },
    mae: {
      measured: (value) => `le modèle se trompe de ${decimal(value, 2)}\u00A0min en moyenne`,
      limit: (most) => `${decimal(most, 2)}\u00A0min au plus sont admises`,
    },
    miss_rate: {
      measured: (value) =>
        `${percent(value)} des dernières réservations au résultat connu étaient à plus de 5\u00A0min`,
      limit: (most) => `${percent(most)} au plus sont admis`,
    },
    assignment: {
      measured: (value) => `${percent(value)} des réservations sont allées au modèle`,
      limit: (planned) => `${percent(planned)} étaient prévus`,
    },
    both_arms: {
      measured: (value) => `réservations traitées par les deux variantes${COLON}${count(value)}`,
      limit: null,
    },
    drift: {
      measured: (value) =>
        `entrées différentes de celles de l'apprentissage, deux jours de suite${COLON}${count(value)}`,
      limit: null,
    },
    crash: { measured: (value) => `instances disparues sans s'arrêter${COLON}${count(value)}`, limit: null },
    uptime: {
      measured: (value) => `le service a été disponible ${percent(value, 2)} des 7 derniers jours`,
      limit: (least) => `${percent(least)} sont attendus`,
    },
    silence: {
      measured: (value) => `aucune demande depuis ${decimal(value / 3_600_000, 1)}\u00A0h`,
      limit: null,
    },
    outcomes: {
      measured: (value) => `le résultat est connu pour ${percent(value)} des réservations échues`,
      limit: (least) => `il en faut ${percent(least)} pour juger`,
    },
    weather: {
      measured: (value) => `${percent(value)} des réponses de la dernière heure se sont passées de la météo`,
      limit: (most) => `jusqu'à ${percent(most)}, c'est habituel`,
    },
    ineligible: {
      measured: (value) =>
        `${percent(value)} des réservations de la dernière heure sont incomplètes pour le modèle`,
      limit: (most) => `jusqu'à ${percent(most)}, c'est habituel`,
    },
  },
  actions: {
    hold: { did: 'le déploiement est suspendu', would: 'aurait suspendu le déploiement' },
    halve: {
      did: 'le trafic du modèle a été divisé par deux',
      would: 'aurait divisé par deux le trafic du modèle',
    },
    roll_back: { did: 'le trafic a été repris au modèle', would: 'aurait repris le trafic au modèle' },
    disable: { did: 'le modèle a été désactivé', would: 'aurait désactivé le modèle' },
    ready: { did: "l'étape est prête à être franchie", would: "aurait déclaré l'étape prête" },
    not_ready: { did: "l'étape n'est plus prête", would: "aurait remis l'étape en attente" },
    advance: { did: "l'étape suivante a commencé", would: "aurait commencé l'étape suivante" },
    confirmed: {
      did: 'toutes les instances actives ont la nouvelle part',
      would: 'aurait déclaré la nouvelle part confirmée',
    },
    complete: { did: 'le déploiement est terminé', would: 'aurait terminé le déploiement' },
  },
  dryRun: 'essai à blanc',
  share: (percentage) => `le modèle répond à ${share(percentage)} des demandes`,
  nothingDone: "rien pour l'instant",
  simulated: {
    mark: '[simulation] ',
    sentence: `Simulation${COLON}ceci repose sur des réservations simulées, et non sur des vraies.`,
  },
  span: (from, until) => `de ${from} à ${until}`,
  semicolon: '\u00A0; ',
  labels: {
    what: 'Quoi',
    since: 'Depuis',
    at: 'Le',
    times: 'Heures',
    lasted: 'Durée',
    evidence: 'Constat',
    why: 'Motif',
    lastSeen: 'Dernier constat',
    done: 'Mesure prise',
    next: 'À faire',
    afterwards: 'Ensuite',
    acknowledge: 'Accuser réception',
    dashboard: 'Tableau de bord',
    contacts: 'Contacts',
  },
};
