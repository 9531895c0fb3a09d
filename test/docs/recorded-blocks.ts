import { escaped } from './clone.js';

/** A block of a document that a run of the program writes: `<!-- recorded: NAME -->` stands above it. */
export interface RecordedBlock {
  readonly name: string;
  readonly content: string;
}

const BLOCK = /(^<!-- recorded: ([\w-]+) -->\n```\w*\n)([\s\S]*?)(^```$)/gm;

/** The recorded blocks of a Markdown text, in order. */
export function recordedBlocks(markdown: string): readonly RecordedBlock[] {
  return [...markdown.matchAll(BLOCK)].map(([, , name = '', content = '']) => ({ name, content }));
}

/** The text with other content in its recorded blocks; those that `contents` does not name stay. */
export function withBlocks(markdown: string, contents: ReadonlyMap<string, string>): string {
  return markdown.replace(BLOCK, (_all, head: string, name: string, content: string, end: string) => {
    return `${head}${contents.get(name) ?? content}${end}`;
  });
}

/** The commands of a block: what stands after `$ `, with the lines that a `\` continues. */
export function commandsOf({ content }: RecordedBlock): readonly string[] {
  const commands: string[] = [];
  let continues = false;
  for (const line of content.split('\n')) {
    if (continues) commands.push(`${commands.pop()}\n${line}`);
    else if (line.startsWith('$ ')) commands.push(line.slice(2));
    else continue;
    continues = line.endsWith('\\');
  }
  return commands;
}

/** What two runs need not share: times, durations, names of processes, ids, the day of a training, the room between columns. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\d-[0-9a-f]{8}\b/g, 'VERSION'],
  [/\([0-9a-f]{8}\)/g, '(HASH)'],
  [/[\w.-]+-\d+-[0-9a-f]{8}\b/g, 'INSTANCE'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/\b\d\d:\d\d(:\d\d)?\b/g, 'TIME'],
  [/\b[\d.,]+ (ms|s|min ago)(?=[\s,.;]|$)/g, 'DURATION'],
  [/\b(sqlite|postgres|redis) [\d.]+\d/gi, '$1 VERSION'],
  // A reader confirms a forced off by its mark, before or after the revision that it makes.
  [/confirmed, revision \d+/g, 'confirmed, REVISION'],
  [/\s+/g, ' '],
];

/** Whether a run still writes what the document shows; `…` stands for anything. */
export function fits(shown: string, written: string): boolean {
  const parts = normal(shown)
    .split('…')
    .map((part) => escaped(part.trim()));
  return new RegExp(`^${parts.join('[\\s\\S]*?')}$`).test(normal(written));
}

/** The text without what varies, for a comparison. */
export function normal(text: string): string {
  return VARYING.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text).trim();
}
