import type { Details, Interval } from '../analysis/document.js';
import type { ErrorNode } from '../analysis/error-tree.js';
import { probability } from './error-evidence.js';
import type { DataTable } from './html-table.js';
import { count, decimal, percent } from './number.js';

/** One part of the analysis as a table, for any kind of page. */
export interface ErrorTable {
  readonly id: string;
  readonly heading: string;
  /** How to read it. */
  readonly intro: string;
  readonly table: DataTable;
}

const SHARE_LABELS: Readonly<Record<string, string>> = {
  outOfRange: 'an input out of range',
  outOfRangeInputs: 'the same, but for weather',
  weatherDefault: 'weather unknown',
  missingDistance: 'distance missing',
  ineligible: 'an input missing that is needed',
  failures: 'model failures, of attempts',
};
const MOST_SLICES = 8;
const MOST_DRIFTS = 12;

/** All parts that have rows. */
export function errorTables(details: Details, day: (iso: string) => string): ErrorTable[] {
  return [
    errorsTable(details),
    quantileTable(details),
    shareTable(details),
    driftTable(details),
    sliceTable(details),
    treeTable(details),
    coverageTable(details),
    confidenceTable(details),
    worstTable(details, day),
  ].filter(({ table }) => table.rows.length > 0);
}

function errorsTable(details: Details): ErrorTable {
  const row = (label: string, { value, lower, upper }: Interval) => [
    label,
    decimal(value),
    ends(lower, upper),
  ];
  return {
    id: 'errors',
    heading: 'Errors',
    intro: 'Predicted − actual, in minutes, with 95 % intervals; the widest by booking, day and driver.',
    table: {
      head: ['', 'value', '95 %'],
      rows: [
        row('mean error (MAE)', details.mae),
        row('RMSE', details.rmse),
        row('R²', details.r2),
        row('bias', details.bias),
        ['MAE of the heuristic', decimal(details.heuristicMae), ''],
        ['error below 3 min', percent(details.accuracyRate), ''],
        ['error above 5 min', percent(details.missRate), ''],
      ],
    },
  };
}

function ends(lower: number | null, upper: number | null): string {
  return lower === null ? '–' : `[${decimal(lower)}, ${decimal(upper)}]`;
}

function quantileTable({ quantiles, absoluteQuantiles }: Details): ErrorTable {
  const absolute = new Map(absoluteQuantiles.map(({ p, minutes }) => [p, minutes]));
  const all = [...new Set([...quantiles, ...absoluteQuantiles].map(({ p }) => p))].sort((a, b) => a - b);
  const signed = new Map(quantiles.map(({ p, minutes }) => [p, minutes]));
  return {
    id: 'quantiles',
    heading: 'Quantiles',
    intro: 'So many bookings in a hundred have an error up to this, with its sign and without.',
    table: {
      head: ['up to', 'error', '|error|'],
      rows: all.map((p) => [percent(p, 0), decimal(signed.get(p) ?? null), decimal(absolute.get(p) ?? null)]),
    },
  };
}

function shareTable({ shares, failures, weatherReasons }: Details): ErrorTable {
  const rows = shares.filter(({ of }) => of > 0);
  const why = [...Object.entries(failures), ...Object.entries(weatherReasons)].filter(([, n]) => n > 0);
  const reasons = why.map(([name, n]) => `${name} ${count(n)}`).join(', ');
  return {
    id: 'shares',
    heading: 'Inputs and failures',
    intro: `Shares of the bookings asked about, with exact 95 % intervals.${reasons === '' ? '' : ` Reasons: ${reasons}.`}`,
    table: {
      head: ['', 'share', '95 %', 'allowed'],
      rows: rows.map(({ name, count: concerned, of, lower, upper, limit }) => [
        SHARE_LABELS[name] ?? name,
        percent(concerned / of),
        `[${percent(lower)}, ${percent(upper)}]`,
        percent(limit, 0),
      ]),
    },
  };
}

function driftTable({ drift, driftHeld, prediction }: Details): ErrorTable {
  const held = driftHeld.length === 0 ? '' : ` On each of the last two days: ${driftHeld.join(', ')}.`;
  const mean =
    prediction.trainingMean === null
      ? ''
      : ` The mean prediction is ${decimal(prediction.mean)} min; over training it was ${decimal(prediction.trainingMean)}.`;
  return {
    id: 'drift',
    heading: 'Drift',
    intro: `Calendar and experience move anyway and are not tested. p is Holm's, and counts whole days.${mean}${held}`,
    table: {
      head: ['input', 'PSI', 'chance', 'moved, sd', 'p', ''],
      rows: drift
        .slice(0, MOST_DRIFTS)
        .map((one) => [
          one.name,
          decimal(one.index),
          decimal(one.threshold),
          decimal(one.moved),
          probability(one.p),
          one.drifted ? 'DRIFTED' : '',
        ]),
    },
  };
}

function sliceTable({ slices }: Details): ErrorTable {
  return {
    id: 'slices',
    heading: 'Slices',
    intro:
      'Found on one half of the days and tested on the other (Benjamini–Hochberg); far rides are always harder.',
    table: {
      head: ['bookings with', 'n', 'MAE', 'expected', 'p', ''],
      rows: slices
        .slice(0, MOST_SLICES)
        .map(({ text, n, mae, expectedMae, p, weak }) => [
          text,
          count(n),
          decimal(mae),
          decimal(expectedMae),
          probability(p),
          weak ? 'WEAK' : '',
        ]),
    },
  };
}

function treeTable({ tree }: Details): ErrorTable {
  return {
    id: 'tree',
    heading: 'Tree of errors',
    intro: 'Grown on one half of the days; the figures are those of the other.',
    table: { head: ['bookings', 'n', 'MAE', 'bias'], rows: treeRows(tree, 0) },
  };
}

function treeRows({ text, n, mae, bias, children }: ErrorNode, depth: number): string[][] {
  // No-break spaces: HTML would drop the others.
  const label = `${'\u00a0\u00a0'.repeat(depth)}${text ?? 'all'}`;
  return [
    [label, count(n), decimal(mae), decimal(bias)],
    ...children.flatMap((child) => treeRows(child, depth + 1)),
  ];
}

function coverageTable({ coverage, coverageByWidth }: Details): ErrorTable {
  const overall =
    coverage === null
      ? []
      : [['all', '–', `${percent(coverage.value)} [${percent(coverage.lower)}, ${percent(coverage.upper)}]`]];
  return {
    id: 'coverage',
    heading: 'Intervals',
    intro:
      coverage === null
        ? ''
        : `${percent(coverage.level, 0)} of the outcomes should lie inside, wide or narrow.`,
    table: {
      head: ['mean width, min', 'bookings', 'inside'],
      rows: [
        ...coverageByWidth.map((bin) => [decimal(bin.meanWidthMinutes), count(bin.n), percent(bin.covered)]),
        ...overall,
      ],
    },
  };
}

function confidenceTable({ confidence, confidenceVersusError }: Details): ErrorTable {
  const correlation =
    confidenceVersusError === null
      ? ''
      : ` Rank correlation with |error|: ${decimal(confidenceVersusError)}.`;
  return {
    id: 'confidence',
    heading: 'Confidence',
    intro: `How often an error of at most 3 min was promised, and how often it was so.${correlation}`,
    table: {
      head: ['promised', 'observed', 'MAE', 'bookings'],
      rows: confidence.map(({ promised, observed, mae, n }) => [
        percent(promised),
        percent(observed),
        decimal(mae),
        count(n),
      ]),
    },
  };
}

function worstTable({ worst }: Details, day: (iso: string) => string): ErrorTable {
  return {
    id: 'worst',
    heading: 'Worst bookings',
    intro: 'By id, with the inputs that moved their prediction most, in minutes.',
    table: {
      head: ['booking', 'day', 'predicted', 'actual', 'error', 'moved by'],
      rows: worst.map((one) => [
        one.bookingId,
        one.at === null ? '–' : day(one.at),
        decimal(one.predicted, 1),
        decimal(one.actual, 1),
        decimal(one.error, 1),
        [
          ...one.factors
            .slice(0, 3)
            .map(({ name, minutes }) => `${name} ${minutes > 0 ? '+' : ''}${decimal(minutes, 1)}`),
          ...(one.outOfRange.length > 0 ? [`out of range: ${one.outOfRange.slice(0, 2).join(', ')}`] : []),
        ].join('; '),
      ]),
    },
  };
}
