import { CommanderError } from 'commander';
import { AtmrError, type ErrorCode, EXIT, EXIT_CODES, reasonOf } from './errors.js';
import { errorSaid } from './said-by-commander.js';
import { t } from './wording/t.js';

/** How the program ends on something that was thrown. */
export interface Failure {
  /** For stderr; `null` when nothing is left to say. */
  readonly text: string | null;
  readonly exitCode: number;
}

/** What to say about anything that was thrown, as one JSON document with `json`, and which exit code that is. */
export function failureOf(thrown: unknown, json: boolean): Failure {
  if (thrown instanceof CommanderError) {
    if (thrown.exitCode === 0) return { text: null, exitCode: EXIT.done };
    // The library has told people already; for programs it was kept silent.
    const text = json ? jsonText(errorSaid(thrown.message), 'USAGE') : null;
    return { text, exitCode: EXIT_CODES.USAGE };
  }
  const error = isFolderGone(thrown) ? folderGone(thrown) : thrown;
  if (!(error instanceof AtmrError)) {
    const detail = error instanceof Error ? error.stack : String(error);
    return { text: `${t`This is a bug in atmr-ml; please report it.`}\n${detail}`, exitCode: EXIT.bug };
  }
  const text = json ? jsonText(error.message, error.code) : `${t`error:`} ${error.message}`;
  return { text, exitCode: EXIT_CODES[error.code] };
}

/** The end when stdout takes no more: a pipe closed by its reader (`| head`) is an ordinary one. */
export function stdoutFailure(cause: NodeJS.ErrnoException, json: boolean): Failure {
  if (cause.code === 'EPIPE') return { text: null, exitCode: EXIT.done };
  const message = t`Standard output cannot be written: ${reasonOf(cause)}. What was written is not complete: make room, or send it elsewhere.`;
  return failureOf(new AtmrError('UNAVAILABLE', message, { cause }), json);
}

function jsonText(error: string, code: ErrorCode): string {
  return JSON.stringify({ error, code });
}

/** Any relative path asks for the working directory, so this can come from anywhere. */
function isFolderGone(thrown: unknown): boolean {
  return thrown instanceof Error && 'syscall' in thrown && thrown.syscall === 'uv_cwd';
}

function folderGone(cause: unknown): AtmrError {
  const message = t`The working directory is not there any more. Change to a folder that exists and call again.`;
  return new AtmrError('USAGE', message, { cause });
}
