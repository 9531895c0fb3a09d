/** The parts of an OpenAPI document that the page shows. */
export interface OpenApi {
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, unknown>>[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
}

interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
}

const HEAD = `# Every route

Written by \`npm run docs:http\` from \`GET /api/openapi.json\`; a test sees that it is up to date. Every address under \`/api\` also
answers under \`/api/v1\`. What a route needs, how changes wait and what the figures mean is told in [http.md](http.md). Bodies are
JSON, times ISO 8601 in UTC, rates fractions, and what is not known is \`null\`. Examples are recorded and cut
short; whole ones are in the document.
`;

/** What most routes answer when they do not: told once. */
const USUAL = ['400', '401', '403', '413', '415', '429', '500', '503'];

/** The reference as Markdown: what each route needs, takes and answers. */
export function httpReference({ tags, paths }: OpenApi): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'head')
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === name);
    const routes = own.map(({ path, method, operation }) => routeText(method, path, operation));
    return `## ${capital(name)}\n\n${description}\n\n${routes.join('\n')}`;
  });
  const [first] = operations.filter(({ operation }) =>
    USUAL.every((status) => status in operation.responses),
  );
  return `${HEAD}\n${sections.join('\n')}\n${usualErrors(first!.operation)}`;
}

function routeText(method: string, path: string, operation: Operation): string {
  const needs = Object.keys(operation.security[0] ?? {})[0] ?? 'nothing';
  const parts = [
    `### ${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    `${operation.summary}. ${operation.description} Needs: **${needs}**.`,
    parameterTable(operation),
    bodyText(operation),
    ...Object.entries(operation.responses)
      .filter(([status, { description }]) => !isUsual(status, description))
      .map(([status, answer]) => answerText(status, answer, operation.responses)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A success or an error of its own; 503 of probes is an answer. */
function isUsual(status: string, description: string): boolean {
  return USUAL.includes(status) && USUAL_DESCRIPTIONS.has(description);
}

const USUAL_DESCRIPTIONS = new Set([
  'The request does not fit.',
  'A token is missing or wrong.',
  'From here, or with this token, it is not allowed.',
  'The body is too large.',
  'The body is not said to be JSON.',
  'Too many requests; see Retry-After.',
  'A bug, or a configuration that does not work.',
  'A store does not answer, or the control plane API is off.',
]);

function parameterTable({ parameters = [] }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: place, description, schema }) => {
    return `| \`${name}\` | ${place} | ${typeOf(schema)} | ${description ?? schema.description ?? ''} |`;
  });
  return `| parameter | in | type | |\n|---|---|---|---|\n${rows.join('\n')}`;
}

function bodyText({ requestBody }: Operation): string {
  const media = requestBody?.content['application/json'];
  if (media === undefined) return '';
  const about = media.schema.description ?? '';
  return `Body${about === '' ? '' : `: ${about}`}\n\n${fieldTable(media.schema)}${fenced(media.example)}`;
}

function answerText(
  status: string,
  { description, content = {} }: Answer,
  all: Operation['responses'],
): string {
  const [media] = Object.values(content);
  const head = `**${status}** ${description}`;
  if (status !== '200' && fieldsIn(all[status]) === fieldsIn(all['200'])) return `${head} As 200.`;
  return media === undefined ? head : `${head}\n\n${fieldTable(media.schema)}${fenced(media.example)}`;
}

function fieldsIn(answer: Answer | undefined): string {
  const [media] = Object.values(answer?.content ?? {});
  return media === undefined ? '' : fieldTable(media.schema);
}

function fieldTable(schema: Schema): string {
  const rows = fieldsOf(schema, '');
  return rows.length === 0 ? '' : `| field | type | |\n|---|---|---|\n${rows.join('\n')}\n\n`;
}

const DEEPEST = 2;

/** One row a field, those of fields below with their path; what lies deeper is in the example. */
function fieldsOf({ properties = {}, required = [] }: Schema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${prefix}${name}`;
    const marks = required.includes(name) ? ', always' : '';
    const row = `| \`${path}\` | ${typeOf(schema)}${marks} | ${schema.description ?? ''} |`;
    const below = path.split('.').length >= DEEPEST ? [] : fieldsOf(schema.items ?? schema, `${path}.`);
    return [row, ...below];
  });
}

function typeOf(schema: Schema): string {
  if (schema.oneOf !== undefined) return schema.oneOf.map(typeOf).join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${one}\``).join(', ');
  const type = [schema.type ?? 'any'].flat().join(' or ');
  const limits = [
    schema.format,
    schema.minimum !== undefined && `${schema.minimum} to ${schema.maximum ?? '…'}`,
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    schema.maxItems !== undefined && `at most ${schema.maxItems}`,
    schema.default !== undefined && `default ${schema.default}`,
  ].filter((limit) => typeof limit === 'string');
  return [type, ...limits].join(', ');
}

function usualErrors({ responses }: Operation): string {
  const rows = USUAL.map((status) => {
    const { description, content = {} } = responses[status]!;
    const example = Object.values(content)[0]?.example as { error: string; code: string };
    return `| ${status} | \`${example.code}\` | ${description} | ${example.error} |`;
  });
  return `## What any route may answer instead\n\n| status | code | | for example |\n|---|---|---|---|\n${rows.join('\n')}\n`;
}

function fenced(example: unknown): string {
  if (example === undefined) return '';
  if (typeof example === 'string') return `\`\`\`\n${example.trimEnd()}\n\`\`\``;
  const lines = compact(example, '').split('\n');
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), '…'] : lines;
  return `\`\`\`json\n${shown.join('\n')}\n\`\`\``;
}

const WIDTH = 120;
const MOST_LINES = 24;

/** JSON in as few lines as fit: what is short stands in one. */
function compact(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (line.length + indent.length <= WIDTH || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const entries = Object.entries(value).map(([key, part]) => {
    return `${inner}${Array.isArray(value) ? '' : `${JSON.stringify(key)}: `}${compact(part, inner)}`;
  });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${entries.join(',\n')}\n${indent}${close}`;
}

function capital(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}
