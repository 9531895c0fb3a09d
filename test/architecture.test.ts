import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', 'bin', 'commands', 'src'],
  { encoding: 'utf8' },
)
  .split('\n')
  .filter((file) => /\.tsx?$/.test(file));

/** Files that may touch the process, the clock and the console; the rest is given what it needs. */
const OUTSIDE_WORLD = /^(bin\/|src\/(dashboard\/clock|config|clock|terminal)\.ts)/;
const WORLD =
  /\bprocess\.(env|argv|exit|exitCode|std\w+|on|once|cwd|pid|platform|hrtime|memoryUsage|kill)\b|\bDate\.now\(|new Date\(\)|\bMath\.random\(|\bconsole\./;
/** What a rollout and its guard decide by. */
const ROLLOUT = [
  /^src\/(rollout|statistics|health)\//,
  /^src\/guard\/(rules|rule-names|decide|sighting|follow-plan)\.js$/,
  /^src\/roi\/(assess|inputs)\.js$/,
  /^src\/booking\/local-time\.js$/,
  /^src\/monitoring\/local-days\.js$/,
  /^src\/render\/number\.js$/,
];
/** Pure code, values in and values out, and what it may import at run time: pure code, and libraries that are. */
const PURE: Readonly<Record<string, readonly RegExp[]>> = {
  'src/features/': [/^src\/features\//, /^src\/weather\/severity\.js$/],
  // `cephes` is reached through `createRequire`.
  'src/statistics/': [/^src\/statistics\//, /^d3-array$/, /^pure-rand\//, /^node:module$/],
  'src/analysis/': [
    /^src\/(analysis|statistics)\//,
    /^src\/features\/out-of-range\.js$/,
    /^src\/booking\/(local-time|outcome)\.js$/,
  ],
  'src/render/': [
    /^src\/render\//,
    // How wide a coloured text is.
    /^node:util$/,
    /^src\/(booking\/local-time|one-line)\.js$/,
    /^src\/flag\/(chain-fault|conflict|wall-time)\.js$/,
    /^src\/doctor\/check-title\.js$/,
    /^src\/weather\/severity\.js$/,
    /^src\/model\/default-model\.js$/,
    /^src\/rollout\/gate-spec\.js$/,
    /^src\/wording\//,
    /^cli-table3$/,
    /^chalk$/,
    /^d3-(scale|shape)$/,
  ],
  ...Object.fromEntries(
    [
      'rollout',
      'transition',
      'plan',
      'gate-spec',
      'gates',
      'stable',
      'lint',
      'calendar',
      'assess',
      'play',
    ].map((name) => [`src/rollout/${name}.ts`, ROLLOUT]),
  ),
  ...Object.fromEntries(
    ['rules', 'decide', 'sighting', 'follow-plan'].map((name) => [`src/guard/${name}.ts`, ROLLOUT]),
  ),
  'src/health/': [/^src\/health\//, /^src\/statistics\//, /^src\/render\/number\.js$/],
  'src/http/authority.ts': [/^src\/http\/access\.js$/, /^node:crypto$/],
  'src/http/origin.ts': [/^node:net$/],
  'src/monitoring/': [/^src\/monitoring\//, /^src\/booking\/local-time\.js$/],
  'src/wording/': [
    /^node:async_hooks$/,
    /^src\/wording\//,
    /^src\/(alerts\/messages|wizard)\/(english|french)\.js$/,
  ],
  // What a browser runs: of the program only what says the same thing everywhere.
  'src/dashboard/': [
    /^src\/(dashboard|wording)\//,
    /^src\/(alerts\/messages|wizard)\/(english|french|topics)\.js$/,
    /^src\/(health\/thresholds|guard\/rule-names|checklist\/items)\.js$/,
    /^(preact(\/hooks)?|uplot)$/,
  ],
  'src/weather/severity.ts': [],
  'src/weather/conditions.ts': [],
  'src/weather/weather-cache.ts': [],
  'src/weather/quota.ts': [],
};
/** Everything may speak to people. */
const SPEECH = /^src\/wording\/(t|language|numbers-said|values-said|why-said|dimension-name)\.js$/;
/** What they find out is for others to show. */
const FINDERS = /^src\/(analysis|booking|features|model|replay|simulator|statistics|training|weather)\//;
const DRAWERS = /(^|\/)(utils?|helpers?|types|interfaces|common|misc|index)(\/|\.ts$)/;

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

describe('layers', () => {
  it('has files to look at', () => expect(files.length).toBeGreaterThan(30));

  it.each(files)('%s keeps to its layer', (file) => {
    for (const { to } of importsOf(file)) {
      if (file.startsWith('src/'))
        expect(to, 'src imports only src and packages').not.toMatch(/^(bin|commands)\//);
      if (file.startsWith('commands/'))
        expect(to, 'no command imports another').not.toMatch(/^(bin|commands)\//);
    }
  });

  it.each(files.filter((file) => !OUTSIDE_WORLD.test(file)))('%s leaves the outside world alone', (file) => {
    const code = withoutComments(readFileSync(file, 'utf8'));
    expect(code).not.toMatch(WORLD);
  });

  describe.each(Object.entries(PURE))('%s', (place, allowed) => {
    it.each(files.filter((file) => file.startsWith(place)))('%s imports nothing but what is pure', (file) => {
      const foreign = importsOf(file).filter(
        ({ to, typeOnly }) => !typeOnly && ![...allowed, SPEECH].some((pattern) => pattern.test(to)),
      );
      expect(foreign).toEqual([]);
    });
  });

  it.each(files.filter((file) => !file.startsWith('src/dashboard/')))('%s needs no browser', (file) => {
    expect(importsOf(file).filter(({ to }) => to.startsWith('src/dashboard/'))).toEqual([]);
  });

  it.each(files.filter((file) => FINDERS.test(file)))('%s leaves the rendering to others', (file) => {
    expect(importsOf(file).filter(({ to }) => to.startsWith('src/render/'))).toEqual([]);
  });

  it('has no drawers for everything', () => expect(files.filter((file) => DRAWERS.test(file))).toEqual([]));
});

function importsOf(file: string): Import[] {
  const code = withoutComments(readFileSync(file, 'utf8'));
  const found = code.matchAll(
    /(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|import\('([^']+)'\)|import\s+'([^']+)'/g,
  );
  return [...found].map(([, typeOnly, fixed, dynamic, bare]) => {
    const target = (fixed ?? dynamic ?? bare) as string;
    const to = target.startsWith('.') ? normalize(join(dirname(file), target)) : target;
    return { from: file, to, typeOnly: typeOnly !== undefined };
  });
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
