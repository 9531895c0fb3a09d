import type { GroupName } from '../doctor/doctor.js';
import { t } from '../wording/t.js';

/** The rollout guide's three lists. */
export const LIST_NAMES = ['before', 'week-1', 'week-4'] as const;
export type ListName = (typeof LIST_NAMES)[number];

/** Who can tell whether an item is done. */
export type Evidence =
  /** Nobody but a person. */
  | { readonly kind: 'person' }
  /** These checks of `doctor`, those of them that the configuration has. */
  | { readonly kind: 'doctor'; readonly group: GroupName; readonly checks: readonly string[] }
  /** The flag lets the model answer this share. */
  | { readonly kind: 'traffic'; readonly percentage: number }
  /** The figures of the last week are there, or within their thresholds. */
  | { readonly kind: 'figures'; readonly within: boolean }
  /** The return of the last four weeks, measured on what was served. */
  | { readonly kind: 'roi' };

export interface Item {
  readonly id: string;
  text(): string;
  readonly evidence: Evidence;
}

const person = { kind: 'person' } as const;

/** In the guide's order; what is not in its lists but among its criteria of success comes last. */
export const LISTS: Readonly<Record<ListName, readonly Item[]>> = {
  before: [
    { id: 'tests', text: () => t`All tests pass (unit, integration, end to end)`, evidence: person },
    {
      id: 'model',
      text: () => t`The model is trained and validated (R² above 0.68)`,
      evidence: { kind: 'doctor', group: 'model', checks: ['model', 'model r2', 'model training'] },
    },
    {
      id: 'weather',
      text: () => t`The weather API is configured and tested`,
      evidence: { kind: 'doctor', group: 'weather', checks: ['weather'] },
    },
    {
      id: 'database',
      text: () => t`The database is migrated (every step)`,
      evidence: { kind: 'doctor', group: 'stores', checks: ['postgres schema', 'sqlite'] },
    },
    { id: 'containers', text: () => t`The containers are built and running`, evidence: person },
    {
      id: 'dashboard',
      text: () => t`The monitoring dashboard can be reached`,
      evidence: { kind: 'doctor', group: 'serve', checks: ['dashboard'] },
    },
    {
      id: 'flag',
      text: () => t`The feature flags are configured (10 % to begin with)`,
      evidence: { kind: 'doctor', group: 'flag', checks: ['flag percentage', 'flag stores'] },
    },
    { id: 'team', text: () => t`The team is trained and ready`, evidence: person },
    { id: 'documentation', text: () => t`The documentation is up to date`, evidence: person },
  ],
  'week-1': [
    {
      id: 'activated',
      text: () => t`The model is on at 10 %`,
      evidence: { kind: 'traffic', percentage: 10 },
    },
    { id: 'dashboard', text: () => t`The dashboard is looked at every day`, evidence: person },
    { id: 'logs', text: () => t`The logs are analysed (errors, performance)`, evidence: person },
    {
      id: 'kpis',
      text: () => t`The figures are watched (MAE, R², prediction time)`,
      evidence: { kind: 'figures', within: false },
    },
    { id: 'feedback', text: () => t`Feedback of drivers and clients is collected`, evidence: person },
    { id: 'report', text: () => t`The weekly report is written (\`atmr-ml report\`)`, evidence: person },
    {
      id: 'clients',
      text: () => t`Clients were asked how satisfied they are, and are no less so`,
      evidence: person,
    },
  ],
  'week-4': [
    {
      id: 'activated',
      text: () => t`The model is on at 100 %`,
      evidence: { kind: 'traffic', percentage: 100 },
    },
    {
      id: 'roi',
      text: () => t`The return on investment is confirmed (above 3,000 %)`,
      evidence: { kind: 'roi' },
    },
    {
      id: 'performance',
      text: () => t`The performance is stable`,
      evidence: { kind: 'figures', within: true },
    },
    { id: 'autonomy', text: () => t`The team works on its own`, evidence: person },
    { id: 'documentation', text: () => t`The operational documentation is complete`, evidence: person },
    { id: 'improvement', text: () => t`A plan for further improvement is made`, evidence: person },
    { id: 'satisfaction', text: () => t`Client satisfaction is up by 15 %`, evidence: person },
  ],
};

/** The list that fits where a rollout is; `step` is `null` before there is one. */
export function listAt(step: number | null, steps: number | null): ListName {
  if (step === null) return 'before';
  return step === steps ? 'week-4' : 'week-1';
}
