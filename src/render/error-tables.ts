import type { Details, Interval } from '../analysis/document.js';
import type { ErrorNode } from '../analysis/error-tree.js';
import { t } from '../wording/t.js';
import { weatherReasonSaid } from '../wording/values-said.js';
import { probability } from './error-evidence.js';
import type { DataTable } from './html-table.js';
import { count, decimal, endsText, percent } from './number.js';

/** One part of the analysis as a table, for any kind of page. */
export interface ErrorTable {
  readonly id: string;
  readonly heading: string;
  /** How to read it. */
  readonly intro: string;
  readonly table: DataTable;
}

const shareLabels = (): Readonly<Record<string, string>> => ({
  outOfRange: t`an input out of range`,
  outOfRangeInputs: t`the same, but for weather`,
  weatherDefault: t`weather unknown`,
  missingDistance: t`distance missing`,
  ineligible: t`an input missing that is needed`,
  failures: t`model failures, of attempts`,
});
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
    heading: t`Errors`,
    intro: t`Predicted − actual, in minutes, with 95 % intervals; the widest by booking, day and driver.`,
    table: {
      head: ['', t`value`, '95 %'],
      rows: [
        row(t`mean error (MAE)`, details.mae),
        row(t`RMSE`, details.rmse),
        row(t`R²`, details.r2),
        row(t`bias`, details.bias),
        [t`MAE of the heuristic`, decimal(details.heuristicMae), ''],
        [t`error below 3 min`, percent(details.accuracyRate), ''],
        [t`error above 5 min`, percent(details.missRate), ''],
      ],
    },
  };
}

function ends(lower: number | null, upper: number | null): string {
  return lower === null ? '–' : endsText(decimal(lower), decimal(upper));
}

function quantileTable({ quantiles, absoluteQuantiles }: Details): ErrorTable {
  const absolute = new Map(absoluteQuantiles.map(({ p, minutes }) => [p, minutes]));
  const all = [...new Set([...quantiles, ...absoluteQuantiles].map(({ p }) => p))].sort((a, b) => a - b);
  const signed = new Map(quantiles.map(({ p, minutes }) => [p, minutes]));
  return {
    id: 'quantiles',
    heading: t`Quantiles`,
    intro: t`So many bookings in a hundred have an error up to this, with its sign and without.`,
    table: {
      head: [t`up to`, t`error`, t`|error|`],
      rows: all.map((p) => [percent(p, 0), decimal(signed.get(p) ?? null), decimal(absolute.get(p) ?? null)]),
    },
  };
}

function shareTable({ shares, failures, weatherReasons }: Details): ErrorTable {
  const rows = shares.filter(({ of }) => of > 0);
  const why = [...Object.entries(failures), ...Object.entries(weatherReasons)].filter(([, n]) => n > 0);
  const reasons = why.map(([name, n]) => `${weatherReasonSaid(name)} ${count(n)}`).join(', ');
  return {
    id: 'shares',
    heading: t`Inputs and failures`,
    intro: t`Shares of the bookings asked about, with exact 95 % intervals.${reasons === '' ? '' : t` Reasons: ${reasons}.`}`,
    table: {
      head: ['', t`share`, '95 %', t`allowed`],
      rows: rows.map(({ name, count: concerned, of, lower, upper, limit }) => [
        shareLabels()[name] ?? name,
        percent(concerned / of),
        endsText(percent(lower), percent(upper)),
        percent(limit, 0),
      ]),
    },
  };
}

function driftTable({ drift, driftHeld, prediction }: Details): ErrorTable {
  const held = driftHeld.length === 0 ? '' : t` On each of the last two days: ${driftHeld.join(', ')}.`;
  const mean =
    prediction.trainingMean === null
      ? ''
      : t` The mean prediction is ${decimal(prediction.mean)} min; over training it was ${decimal(prediction.trainingMean)}.`;
  return {
    id: 'drift',
    heading: t`Drift`,
    intro: t`Calendar and experience move anyway and are not tested. p is Holm's, and counts whole days.${mean}${held}`,
    table: {
      head: [t`input`, t`PSI`, t`chance`, t`moved, sd`, t`p`, ''],
      rows: drift
        .slice(0, MOST_DRIFTS)
        .map((one) => [
          one.name,
          decimal(one.index),
          decimal(one.threshold),
          decimal(one.moved),
          probability(one.p),
          one.drifted ? t`DRIFTED` : '',
        ]),
    },
  };
}

function sliceTable({ slices }: Details): ErrorTable {
  return {
    id: 'slices',
    heading: t`Slices`,
    intro: t`Found on one half of the days and tested on the other (Benjamini–Hochberg); far rides are always harder.`,
    table: {
      head: [t`bookings with`, t`n`, t`MAE`, t`expected`, t`p`, ''],
      rows: slices
        .slice(0, MOST_SLICES)
        .map(({ text, n, mae, expectedMae, p, weak }) => [
          text,
          count(n),
          decimal(mae),
          decimal(expectedMae),
          probability(p),
          weak ? t`WEAK` : '',
        ]),
    },
  };
}

function treeTable({ tree }: Details): ErrorTable {
  return {
    id: 'tree',
    heading: t`Tree of errors`,
    intro: t`Grown on one half of the days; the figures are those of the other.`,
    table: { head: [t`bookings`, t`n`, t`MAE`, t`bias`], rows: treeRows(tree, 0) },
  };
}

function treeRows({ text, n, mae, bias, children }: ErrorNode, depth: number): string[][] {
  // No-break spaces: HTML would drop the others.
  const label = `${'\u00a0\u00a0'.repeat(depth)}${text ?? t`all`}`;
  return [
    [label, count(n), decimal(mae), decimal(bias)],
    ...children.flatMap((child) => treeRows(child, depth + 1)),
  ];
}

function coverageTable({ coverage, coverageByWidth }: Details): ErrorTable {
  const overall =
    coverage === null
      ? []
      : [
          [
            t`all`,
            '–',
            `${percent(coverage.value)} ${endsText(percent(coverage.lower), percent(coverage.upper))}`,
          ],
        ];
  return {
    id: 'coverage',
    heading: t`Intervals`,
    intro:
      coverage === null
        ? ''
        : t`${percent(coverage.level, 0)} of the outcomes should lie inside, wide or narrow.`,
    table: {
      head: [t`mean width, min`, t`bookings`, t`inside`],
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
      : t` Rank correlation with |error|: ${decimal(confidenceVersusError)}.`;
  return {
    id: 'confidence',
    heading: t`Confidence`,
    intro: t`How often an error of at most 3 min was promised, and how often it was so.${correlation}`,
    table: {
      head: [t`promised`, t`observed`, t`MAE`, t`bookings`],
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
    heading: t`Worst bookings`,
    intro: t`By id, with the inputs that moved their prediction most, in minutes.`,
    table: {
      head: [t`booking`, t`day`, t`predicted`, t`actual`, t`error`, t`moved by`],
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
          ...(one.outOfRange.length > 0 ? [t`out of range: ${one.outOfRange.slice(0, 2).join(', ')}`] : []),
        ].join('; '),
      ]),
    },
  };
}
