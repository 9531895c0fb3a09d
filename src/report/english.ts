import { ENGLISH as alerts } from '../alerts/messages/english.js';
import { ENGLISH as monitoring } from '../wording/english.js';
import type { ReportWords } from './words.js';

export const ENGLISH: ReportWords = {
  ...{ monitoring, alerts },
  page: { banners: 'Before you read this', numbers: 'Numbers', numbersOf: (what) => ` of: ${what}` },
  title: (kind, name) => `${kind === 'week' ? 'Weekly' : 'Monthly'} report ${name}`,
  span: (first, last) => `${first} to ${last}`,
  unfinished: (at) => `Not finished: what is told is of what there was at ${at}.`,
  facts: {
    period: 'Period',
    heldAgainst: 'Held against',
    flag: 'Flag',
    model: 'Model at its end',
    made: 'Made at',
    stores: 'Stores',
  },
  none: 'none',
  headlines: {
    better: (size) => `The model is better: ${size} less error than the heuristic`,
    worse: (size) => `The model is worse: ${size} more error than the heuristic`,
    undecided: () => 'Undecided: neither is proven better yet',
    no_data: () => 'Not enough data to say whether the model is better',
  },
  onAverage: (model, heuristic, settled, since) =>
    `Since ${since} the model was off by ${model} on average and the heuristic by ${heuristic}, on the same ${settled} bookings.`,
  less: (size) => `${size} less`,
  more: (size) => `${size} more`,
  interval: (least, most) =>
    `With 95 % certainty its error is between ${least} and ${most} than the heuristic’s.`,
  ends: (value, lower, upper) => `${value} [${lower} to ${upper}]`,
  notProven: 'That may be chance.',
  nobodySettled: 'No outcome of a whole day is known yet.',
  modelOff: 'The model is off: the heuristic answers every booking.',
  shareNow: (share) => `The model answers ${share} of the bookings.`,
  shareMoved: (atEnd, now) =>
    `The model answered ${atEnd} of the bookings at the end of the period, and ${now} now.`,
  takenBack: (times) =>
    times === 0
      ? 'No traffic was taken back.'
      : `Traffic was taken back ${times === 1 ? 'once' : `${times} times`}: see the decisions.`,
  notKnown: (fault) => `Not known: ${fault}`,
  thisOne: { week: 'this week', month: 'this month' },
  theOneBefore: { week: 'the week before', month: 'the month before' },
  happened: {
    heading: 'What happened',
    intro:
      'Answers by the time of the request; scores of the model on every settled booking, shadow included, by when the outcome became known.',
    traffic: 'Who answered',
    head: ['Answered by', 'this period', 'before'],
    answers: 'all answers',
    shares: 'Share of the model',
    shareAt: (at, share) => `${at}: ${share}`,
    shareFrom: (share) => `at the beginning: ${share}`,
    figures: 'Figures beside the guide’s targets',
    figureHead: ['Figure', 'this period', 'before', 'target', 'result', 'measured on'],
  },
  figures: {
    mae: 'MAE of the model',
    r2: 'R²',
    accuracyRate: 'within 3 min',
    missRate: 'off by more than 5 min',
    lateRecall: 'late rides foreseen',
    intervalCoverage: 'inside of the 90 % interval',
    failureRate: 'failure rate',
    fallbackRate: 'fallback rate',
    predictionTime: 'prediction time, p95',
    weatherDefaultRate: 'without weather',
    uptime: 'uptime of the service',
  },
  bases: {
    settled: (count) => `${count} settled bookings`,
    late: (count) => `${count} late rides`,
    intervals: (count) => `${count} settled bookings with an interval`,
    attempts: (count) => `${count} attempts, shadow included`,
    answers: (count) => `${count} answers`,
    timed: (count) => `${count} timed predictions`,
    minutes: () => 'minutes with a heartbeat',
  },
  evidence: {
    heading: 'Evidence',
    intro:
      'Both arms on the same settled bookings that the model gave a number for, by the local day of the pickup, once all of a day are due. The ends may be looked at any day; below 0 the model is better.',
    arms: 'Both arms',
    head: ['On', 'settled', 'MAE model', 'MAE heuristic', 'improvement [95 %]'],
    sinceBaseline: (date) => `since ${date}, all of it`,
    settledOf: (settled, asked) => `${settled} of ${asked}`,
    lowCoverage: (coverage) =>
      `Outcomes are known for ${coverage} of the bookings due; 80 % are needed, for those known may be the easy ones. Run \`atmr-ml outcomes sync\`.`,
    noneDue: 'No booking of a whole day is due yet.',
    chart: 'Mean absolute error by day',
    chartNote: 'Minutes, less is better; left of the dashed line is the period before.',
    day: 'day',
    gatesNow: 'Gates of the present step, as of this report',
  },
  decisions: {
    heading: 'Decisions',
    intro:
      'Every change of the flag in the period, oldest first, by the history that `atmr-ml history --verify` checks.',
    none: 'Nobody changed anything.',
    forced: 'FORCED past gates',
    guard: 'the guard',
    events: {
      start: 'started the rollout',
      ready: 'found the step ready',
      not_ready: 'found the step not ready any more',
      approve: 'agreed to the next step',
      advance: 'raised the traffic',
      confirmed: 'saw it confirmed by every instance',
      hold: 'put it on hold',
      resume: 'resumed the step',
      lower: 'rolled back',
      halve: 'halved the traffic',
      forced_off: 'forced the model off',
      manual: 'set the share by hand',
      model: 'changed the model',
      complete: 'completed the rollout',
    },
  },
  incidents: {
    heading: 'Incidents',
    intro: 'What the guard found in the period, and servers that were lost without a stop.',
    none: 'Nothing was found.',
    head: ['When', 'What', 'Found', 'Done', 'Seen'],
    levels: { notice: 'notice', warn: 'warning', act: 'breach' },
    done: {
      notify: 'told',
      hold: 'put on hold',
      halve: 'traffic halved',
      roll_back: 'rolled back',
      disable: 'forced off',
    },
    wouldHave: (what) => `dry run, would have: ${what}`,
    nothing: 'nothing',
    seenBy: (by, at) => `${by}, ${at}`,
    notSeen: 'not acknowledged',
    messages: (sent, failed, waiting) =>
      `Alerts: ${sent} sent, ${failed} given up, ${waiting} on their way (\`atmr-ml alerts list\`).`,
  },
  roi: {
    intro: (share) =>
      `First year at ${share} of the traffic, from the minutes measured on what was settled in the period, and assumptions marked as such.`,
    measuredOn: (settled) => `Measured on ${settled} settled bookings.`,
    notEnough: 'Not enough data for the measured lines, and so for a return.',
    line: 'CHF a year at 100 %',
    driver: 'from',
    atShare: 'Return in the first year',
    gates: (share, target, value, result) => `Asked at ${share}: above ${target}. It is ${value}: ${result}.`,
    units: { points: (value) => `${value} points`, aDay: (value) => `${value} a day` },
    assumedNote:
      'Assumed lines were measured by nobody; the low case counts them as nothing where no low case is named.',
  },
  checklist: {
    intro: 'As of this report. The tool checks what it can; the rest people answer with `atmr-ml checklist`.',
    notStarted: 'No rollout was started: `atmr-ml checklist before` is the list.',
    head: ['Item', 'state', 'by whom'],
    item: (_, text) => text,
  },
  next: {
    heading: 'Next step',
    intro: (at) => `As of ${at}.`,
    run: 'Run',
    labels: {
      step: 'Step',
      earliest: 'Earliest',
      expected: 'Expected',
      bookings: 'Settled bookings of the step',
      approvals: 'Agreed',
      guard: 'Guard',
    },
    approvals: (given, needed, names) => `${given} of ${needed}${names === '' ? '' : ` (${names})`}`,
    // The gates tell which, one by one.
    reason: (code, text) => (code === 'not_enough_data' ? monitoring.rollout.reasons[code] : text),
  },
  footer: (flag, zone) =>
    `Made by atmr-ml report for ${flag}; times are those of ${zone}. No booking, driver or patient is named here.`,
};
