import { analyse, LEAST_BOOKINGS } from '../analysis/analyse.js';
import { causesOf } from '../analysis/causes.js';
import {
  type Details,
  detailsOf,
  type ErrorAnalysis,
  modelOf,
  periodOf,
  untestedOf,
  type WorstBooking,
  worstBooking,
  worstRows,
} from '../analysis/document.js';
import { sampled } from '../analysis/sampled.js';
import type { ScoredRow } from '../analysis/scored-row.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { type Explainer, explainer } from '../model/explain.js';
import type { Model } from '../model/model.js';
import { startProgress } from '../progress.js';
import { meanOf } from '../statistics/mean.js';
import type { Terminal } from '../terminal.js';
import { readScored } from './read-scored.js';
import type { Windows } from './replayed-rows.js';
import { writeScoredRows } from './scored-row-csv.js';

/** Everything `analyze-errors` was asked. */
export interface AnalyzeErrorsRequest extends Windows {
  /** `ledger`, `postgres`, a file or `-`; without it the ledger where something settled, else as `ab-test`. */
  readonly source: string | undefined;
  readonly onBadRow: 'fail' | 'skip';
  readonly worst: number;
  readonly seed: number;
  readonly csv: string | undefined;
}

/** What it is done with. */
export interface AnalysisSurroundings {
  readonly model: Model;
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** More would take minutes, and show nothing that so many do not. */
const MOST_ANALYSED = 50_000;

/** Scores, measures and names likely causes. A CSV of the scored bookings appears whole or not at all. */
export async function analyzeErrors(
  request: AnalyzeErrorsRequest,
  surroundings: AnalysisSurroundings,
): Promise<ErrorAnalysis> {
  const { model, terminal } = surroundings;
  const progress = await startProgress('reading bookings', terminal);
  try {
    const { source, flag, scored } = await readScored(request, surroundings, progress);
    progress.update('analysing');
    if (request.csv !== undefined) await writeScoredRows(request.csv, scored.rows);
    const { rows, baseline, excluded, simulated } = scored;
    const heading = {
      n: rows.length,
      seed: request.seed,
      simulated,
      source,
      model: modelOf(model.manifest),
      period: periodOf(rows),
      baseline: baseline === null ? null : { n: baseline.length },
      excluded,
    };
    if (rows.length < LEAST_BOOKINGS) return notEnough(heading);
    const analysed = sampled(rows, MOST_ANALYSED, request.seed);
    const findings = analyse({ ...scored, rows: analysed, manifest: model.manifest, seed: request.seed });
    const causes = causesOf(findings, flag);
    const { worst, trainingMean } = await explained(worstRows(rows, request.worst), explainer(model));
    const prediction: Details['prediction'] = {
      mean: meanOf(rows.map(({ modelMinutes }) => modelMinutes)),
      trainingMean,
    };
    return {
      verdict: causes.length > 0 ? 'findings' : 'nothing_found',
      needed: null,
      ...heading,
      analysed: analysed.length,
      causes,
      untested: untestedOf(findings),
      details: detailsOf(findings, scored.asked, worst, prediction),
    };
  } finally {
    progress.stop();
  }
}

type Heading = Omit<ErrorAnalysis, 'verdict' | 'needed' | 'analysed' | 'causes' | 'untested' | 'details'>;

function notEnough(heading: Heading): ErrorAnalysis {
  const needed = LEAST_BOOKINGS - heading.n;
  return {
    verdict: 'not_enough_data',
    needed,
    ...heading,
    analysed: 0,
    causes: [],
    untested: [],
    details: null,
  };
}

/** The mean of training is what every exact explanation starts from. */
async function explained(rows: readonly ScoredRow[], explain: Explainer) {
  const worst: WorstBooking[] = [];
  let trainingMean: number | null = null;
  for (const row of rows) {
    const explanation = await explain(row.features, row.modelMinutes);
    if (explanation.method === 'tree_shap') trainingMean = explanation.base;
    worst.push(worstBooking(row, explanation));
  }
  return { worst, trainingMean };
}
