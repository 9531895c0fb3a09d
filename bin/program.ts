import { AtmrError, EXIT, EXIT_CODES } from '../src/errors.js';
import { failureOf, stdoutFailure } from '../src/failure.js';
import { askToEnd, cleanUpAfterInterruption } from '../src/interruption.js';
import { processTerminal, type Terminal } from '../src/terminal.js';
import { speak } from '../src/wording/language.js';
import { t } from '../src/wording/t.js';
import { describeProgram } from './describe.js';

/** What people try first, and what it is called here. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['enable', 'activate'],
  ['--enable', 'activate'],
  ['--activate', 'activate'],
  ['--disable', 'disable'],
]);

process.stdout.on('error', (error) => {
  const { text, exitCode } = stdoutFailure(error, process.argv.includes('--json'));
  if (text !== null) process.stderr.write(`${text}\n`);
  cleanUpAfterInterruption();
  process.exit(exitCode);
});
// Notices that nobody takes are no reason to stop.
process.stderr.on('error', () => {});
for (const [signal, exitCode] of [
  ['SIGINT', EXIT_CODES.CANCELLED],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT.hungUp],
] as const) {
  process.on(signal, () => {
    if (askToEnd(exitCode)) return;
    cleanUpAfterInterruption();
    process.exit(exitCode);
  });
}

/** After the result is out, for what is still saying good-bye. */
const GOODBYE_MS = 2000;

// What nothing is left to wait for and is not done is not going to be.
process.once('beforeExit', () => {
  process.exitCode ??= EXIT.bug;
});
void main(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
  // A server that stands still keeps its connection open, and must not keep the program.
  process.stdout.write('', () => void setTimeout(() => process.exit(), GOODBYE_MS).unref());
});

async function main(given: readonly string[]): Promise<number> {
  const terminal = processTerminal({ colour: !given.includes('--no-color') });
  let exitCode: number = EXIT.done;
  try {
    const args = await speakAsAsked(given, terminal.language);
    refuseOtherNames(args);
    const setExitCode = (code: number) => {
      exitCode = code;
    };
    const program = await describeProgram(args, { terminal, setExitCode });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (thrown) {
    const failure = failureOf(thrown, given.includes('--json'));
    if (failure.text !== null) terminal.notice(await readable(failure.text, terminal));
    // For a person: in a log the code says as much, and to a program the document.
    if (failure.moreAt !== null && terminal.progress && !given.includes('--json')) {
      const { errorPage } = await import('../src/error-page.js');
      terminal.notice(t`More: ${errorPage(failure.moreAt)}`);
    }
    return failure.exitCode;
  }
}

/** What a terminal without letters of its own language can show; a pipe gets the text as it is. */
async function readable(text: string, { unicode, progress }: Terminal): Promise<string> {
  return unicode || !progress ? text : (await import('../src/wizard/ascii.js')).asAscii(text);
}

/** Before anything else is said or loaded. The arguments without `--lang`. */
async function speakAsAsked(given: readonly string[], locale: string): Promise<readonly string[]> {
  if (locale === 'fr') await speak('fr');
  if (!given.some((arg) => arg.startsWith('--lang'))) return given;
  const { takeLanguage } = await import('./asked-language.js');
  const { args, asked } = takeLanguage(given);
  if (asked !== null) await speak(asked);
  return args;
}

function refuseOtherNames([first = '']: readonly string[]): void {
  const meant = OTHER_NAMES.get(first);
  if (meant === undefined) return;
  throw new AtmrError('USAGE', t`Nothing was changed: there is no \`${first}\`. Run \`atmr-ml ${meant}\`.`);
}
