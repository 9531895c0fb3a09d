/** Writes anew what the README shows of the program, where it has changed; `npm run docs:record`. */
import { readFileSync, writeFileSync } from 'node:fs';
import build from '../test/build.js';
import { normal, recordedBlocks, withBlocks } from '../test/docs/recorded-blocks.js';
import { takeTour } from '../test/docs/tour.js';

const README = 'README.md';

build();
const markdown = readFileSync(README, 'utf8');
const blocks = recordedBlocks(markdown);
const written = await takeTour(blocks);
const changed = blocks.filter(({ name, content }) => normal(content) !== normal(written.get(name)!));
const contents = new Map(changed.map(({ name }) => [name, written.get(name)!]));
writeFileSync(README, withBlocks(markdown, contents));
process.stdout.write(`${blocks.length} recorded, ${changed.length} written anew\n`);
