import { NUMBERS } from '../../wording/numbers.js';
import type { Words } from './words.js';

const { count, decimal, percent, signedPercent, share } = NUMBERS.en;

export const ENGLISH: Words = {
  topics: {
    failure_rate: 'the model fails too often',
    improvement: 'the model is further off than the heuristic',
    prediction_time: 'the predictions are slow',
    mae: "the model's average error is too large",
    miss_rate: 'too many bookings were far off',
    assignment: 'the traffic is not shared out as planned',
    both_arms: 'bookings were answered by both arms',
    drift: 'the inputs of the model have changed',
    crash: 'instances were lost without a stop',
    uptime: 'the service was down too often',
    silence: 'nothing is asked any more',
    outcomes: 'too few outcomes are known',
    weather: 'the weather is missing',
    ineligible: 'too many bookings lack what the model needs',
    telemetry: 'the guard cannot see how the model does',
    rollout: 'the rollout went on',
    lost_instance: 'an instance was lost without a stop',
    digest: 'notices that were gathered',
    test: 'somebody tries whether alerts arrive',
  },
  unknownTopic: (name) => `a finding of "${name}"`,
  severities: { critical: 'Critical', warning: 'Warning', notice: 'Notice' },
  kinds: {
    begun: ({ severity, topic }) => `${severity}: ${topic}`,
    acted: ({ severity, topic, deed }) => `${severity}: ${topic}${deed === null ? '' : ` – ${deed}`}`,
    recovered: ({ topic }) => `Over: ${topic}`,
    reminder: ({ severity, topic }) => `Reminder, ${severity.toLowerCase()}: ${topic}`,
    moved: ({ topic, deed }) => `Rollout: ${deed ?? topic}`,
    digest: ({ items }) => (items === 1 ? 'One notice' : `${count(items)} notices`),
    test: () => 'Test: alerts arrive here',
  },
  evidence: {
    failure_rate: {
      measured: (value) => `${percent(value)} of the model's recent attempts failed`,
      limit: (most) => `at most ${percent(most)} may`,
    },
    improvement: {
      measured: (value) => `the model's error is ${signedPercent(value)} against the heuristic's`,
      limit: (most) => `more than ${percent(most, 0)} is worse`,
    },
    prediction_time: {
      measured: (value) => `the slowest 5 % of the predictions took ${count(Math.round(value))} ms or more`,
      limit: (most) => `at most ${count(most)} ms may`,
    },
    mae: {
      measured: (value) => `the model is off by ${decimal(value, 2)} min on average`,
      limit: (most) => `at most ${decimal(most, 2)} min are accepted`,
    },
    miss_rate: {
      measured: (value) => `${percent(value)} of the last settled bookings were off by more than 5 min`,
      limit: (most) => `at most ${percent(most)} may`,
    },
    assignment: {
      measured: (value) => `${percent(value)} of the bookings went to the model`,
      limit: (planned) => `${percent(planned)} should`,
    },
    both_arms: { measured: (value) => `bookings answered by both arms: ${count(value)}`, limit: null },
    drift: {
      measured: (value) => `inputs unlike those of training on two days running: ${count(value)}`,
      limit: null,
    },
    crash: { measured: (value) => `instances lost without a stop: ${count(value)}`, limit: null },
    uptime: {
      measured: (value) => `the service was up for ${percent(value, 2)} of the last 7 days`,
      limit: (least) => `${percent(least)} are expected`,
    },
    silence: {
      measured: (value) => `no booking was asked about for ${decimal(value / 3_600_000, 1)} h`,
      limit: null,
    },
    outcomes: {
      measured: (value) => `outcomes are known for ${percent(value)} of the bookings due`,
      limit: (least) => `${percent(least)} are needed for a verdict`,
    },
    weather: {
      measured: (value) => `${percent(value)} of the last hour's answers had to do without the weather`,
      limit: (most) => `up to ${percent(most)} is usual`,
    },
    ineligible: {
      measured: (value) => `${percent(value)} of the last hour's bookings lack what the model needs`,
      limit: (most) => `up to ${percent(most)} is usual`,
    },
  },
  actions: {
    hold: { did: 'the rollout is held', would: 'would have held the rollout' },
    halve: { did: "the model's traffic was halved", would: "would have halved the model's traffic" },
    roll_back: { did: 'the traffic was taken back', would: 'would have taken the traffic back' },
    disable: { did: 'the model was switched off', would: 'would have switched the model off' },
    ready: { did: 'the step is ready to advance', would: 'would have called the step ready' },
    not_ready: { did: 'the step is no longer ready', would: 'would have called the step not ready' },
    advance: { did: 'the next step has begun', would: 'would have begun the next step' },
    confirmed: {
      did: 'every live instance has the new share',
      would: 'would have called the new share confirmed',
    },
    complete: { did: 'the rollout is complete', would: 'would have completed the rollout' },
  },
  dryRun: 'dry run',
  share: (percentage) => `the model answers ${share(percentage)}`,
  nothingDone: 'nothing so far',
  simulated: {
    mark: '[simulated] ',
    sentence: 'Simulated: this rests on simulated bookings, not on real ones.',
  },
  span: (from, until) => `from ${from} to ${until}`,
  semicolon: '; ',
  labels: {
    what: 'What',
    since: 'Since',
    at: 'At',
    times: 'Times',
    lasted: 'Lasted',
    evidence: 'Evidence',
    why: 'Why',
    lastSeen: 'Last seen',
    done: 'Done',
    next: 'Next',
    afterwards: 'Then',
    acknowledge: 'Acknowledge',
    dashboard: 'Dashboard',
    contacts: 'Contacts',
  },
};
