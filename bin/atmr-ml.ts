#!/usr/bin/env node
import { writeSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };

/** What node starts: it answers `--version` from this one small file, and loads the program for anything else. */
const [first, ...others] = process.argv.slice(2);
const asksVersion = others.length === 0 && (first === '--version' || first === '-V');
if (!(asksVersion && isWritten(`${packageJson.version}\n`))) void import('./program.js');

/** Where stdout takes nothing, the program says so. */
function isWritten(text: string): boolean {
  try {
    return writeSync(1, text) === text.length;
  } catch {
    return false;
  }
}
