import { analyse, LEAST_BOOKINGS } from '../analysis/analyse.js';
import { causesOf } from '../analysis/causes.js';
import {
  detailsOf,
  type ErrorAnalysis,
  modelOf,
  periodOf,
  untestedOf,
  type WorstBooking,
  worstBooking,
} from '../analysis/document.js';
import { type KeptRows, rowKeeper } from '../analysis/kept-rows.js';
import type { ScoredRow } from '../analysis/scored-row.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { type Explainer, explainer } from '../model/explain.js';
import type { Model } from '../model/model.js';
import { type Progress, startProgress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import { type ReadScored, readScored } from './read-scored.js';
import type { Windows } from './replayed-rows.js';
import { openScoredCsv } from './scored-row-csv.js';

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

/** Scores, measures and names likely causes. A CSV of the scored bookings appears whole or not at all. */
export async function analyzeErrors(
  request: AnalyzeErrorsRequest,
  surroundings: AnalysisSurroundings,
): Promise<ErrorAnalysis> {
  const progress = await startProgress(t`reading bookings`, surroundings.terminal);
  try {
    const passed = await rowsOf(request, surroundings, progress);
    progress.update(t`analysing`);
    return await analysisOf(passed, request, surroundings.model);
  } finally {
    progress.stop();
  }
}

/** What was read, and of its rows what is kept. */
interface Passed {
  readonly read: ReadScored;
  readonly scored: KeptRows;
  /** `null` where nobody asked for one. */
  readonly baseline: KeptRows | null;
}

async function rowsOf(
  request: AnalyzeErrorsRequest,
  surroundings: AnalysisSurroundings,
  progress: Progress,
): Promise<Passed> {
  const keeper = rowKeeper(request);
  const earlier = rowKeeper({ seed: request.seed, worst: 0 });
  const csv = request.csv === undefined ? null : await openScoredCsv(request.csv);
  try {
    const read = await readScored(request, surroundings, progress, {
      row(row) {
        keeper.add(row);
        return csv?.add(row);
      },
      earlier: earlier.add,
    });
    await csv?.finish();
    return { read, scored: keeper.kept(), baseline: request.baseline === null ? null : earlier.kept() };
  } finally {
    await csv?.abandon();
  }
}

async function analysisOf(
  { read, scored, baseline }: Passed,
  { seed }: AnalyzeErrorsRequest,
  model: Model,
): Promise<ErrorAnalysis> {
  const { source, flag, asked, excluded, simulated } = read;
  const { manifest } = model;
  const heading = {
    n: scored.n,
    seed,
    simulated,
    source,
    model: modelOf(manifest),
    period: periodOf(scored),
    baseline: baseline === null ? null : { n: baseline.n },
    excluded,
  };
  if (scored.n < LEAST_BOOKINGS) return notEnough(heading);
  const { rows } = scored;
  const findings = analyse({ rows, asked, baseline: baseline?.rows ?? null, manifest, seed });
  const causes = causesOf(findings, flag);
  const { worst, trainingMean } = await explained(scored.worst, explainer(model));
  return {
    verdict: causes.length > 0 ? 'findings' : 'nothing_found',
    needed: null,
    ...heading,
    analysed: rows.length,
    causes,
    untested: untestedOf(findings),
    details: detailsOf(findings, asked, worst, { mean: scored.meanPrediction!, trainingMean }),
  };
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
