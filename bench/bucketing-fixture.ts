/**
 * Writes fixtures/bucketing.json: what flagd's own evaluator answers for many keys, salts and percentages.
 *
 *   npx tsx bench/bucketing-fixture.ts
 *
 * flagd hashes UTF-8 bytes. Its JavaScript package hashes UTF-16 code units, which is the same for ASCII only;
 * so it is given every text with one character per UTF-8 byte, and then answers as flagd itself does.
 */
import { writeFileSync } from 'node:fs';
import { type Logger, StandardResolutionReasons } from '@openfeature/core';
import { FlagdCore } from '@openfeature/flagd-core';

interface Case {
  salt: string;
  targetingKey: string;
  percentage: number;
  /** `null` for the empty key, which flagd does not put into any bucket. */
  bucket: number | null;
  variant: string;
}

const BUCKETS = 10_000;
const PERCENTAGES = [0, 0.01, 10, 25, 99.99, 100];
const SALTS = ['ml-delay-prediction', 'second-flag'];
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

const cases = SALTS.flatMap((salt) => targetingKeys().flatMap((key) => casesOf(salt, key)));
const lines = cases.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
writeFileSync('fixtures/bucketing.json', `[\n${lines}\n]\n`);

function targetingKeys(): string[] {
  const numbered = Array.from({ length: 30 }, (_, i) => `booking-${(i * 7919) % 100_003}`);
  const numbers = ['0', '1', '42', '-1', '3.5', '9007199254740993', '1e21'];
  const unicode = [
    'Zoë',
    'Genève-Cornavin',
    '吉 星 高 照',
    'заказ-17',
    'حجز',
    '🚕',
    '👩‍🚒',
    'e\u0301',
    'é',
    '\u0000',
    'a\u0000b',
  ];
  const shapes = [
    '',
    ' ',
    'a',
    'ab',
    'abc',
    'abcd',
    'x'.repeat(255),
    'x'.repeat(256),
    'x'.repeat(5000),
    'é'.repeat(300),
  ];
  // The published vectors: with an empty salt their hashes are 0, 1, 2^31 − 1, 2^31 and 2^32 − 1.
  const extremes = ['ejOoVL', 'bY9fO-', 'SI7p-', '6LvT0', 'ceQdGm'];
  // Under the first salt these fall into buckets 0, 1, 999, 1000, 2499, 2500, 9998 and 9999.
  const edges = [1915, 21_853, 7037, 4721, 15_767, 4468, 10_204, 19_015].map((n) => `edge-${n}`);
  return [...numbered, ...numbers, ...unicode, ...shapes, ...extremes, ...edges];
}

function casesOf(salt: string, targetingKey: string): Case[] {
  const bucket = targetingKey === '' ? null : bucketByBisection(salt, targetingKey);
  return PERCENTAGES.map((percentage) => {
    const weight = Math.round(percentage * 100);
    return { salt, targetingKey, percentage, bucket, variant: flagdVariant(salt, targetingKey, weight) };
  });
}

/** The largest weight that still answers control, found with flagd's answers only. */
function bucketByBisection(salt: string, targetingKey: string): number {
  let low = 0;
  let high = BUCKETS;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (flagdVariant(salt, targetingKey, middle) === 'model') high = middle;
    else low = middle;
  }
  return low;
}

function flagdVariant(salt: string, targetingKey: string, weight: number): string {
  const fractional = [
    ['model', weight],
    ['control', BUCKETS - weight],
  ];
  const flag = {
    state: 'ENABLED',
    variants: { model: 'model', control: 'control' },
    defaultVariant: 'control',
    targeting: { fractional },
  };
  const core = new FlagdCore(undefined, SILENT);
  core.setConfigurations(JSON.stringify({ flags: { [bytewise(salt)]: flag } }));
  const context = { targetingKey: bytewise(targetingKey) };
  const answer = core.resolveStringEvaluation(bytewise(salt), 'none', context, SILENT);
  if (answer.reason === StandardResolutionReasons.ERROR) throw new Error(answer.errorMessage);
  return answer.value;
}

function bytewise(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
