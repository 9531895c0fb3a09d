import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { keyOf } from '../../src/wording/t.js';

/** A text in the sources, and where. */
export interface Sentence {
  /** With `{0}`, `{1}` … for what is filled in. */
  readonly text: string;
  readonly file: string;
  /** `file:line`. */
  readonly where: string;
  /** Whether `t` says it. */
  readonly said: boolean;
  /** The name that an object has it under; `null` for none. */
  readonly property: string | null;
  /** Whether it goes into a log, whose lines are searched for. */
  readonly logged: boolean;
}

/** Every text of the program's sources, in their order. */
export function sentencesOfSources(): Sentence[] {
  const files = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', 'src', 'commands', 'bin'],
    { encoding: 'utf8' },
  );
  return files
    .split('\n')
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap(sentencesOf);
}

function sentencesOf(file: string): Sentence[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isName(node)) return;
    const text = textOf(node);
    if (text !== null) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({
        text,
        file,
        where: `${file}:${line}`,
        said: isSaid(node),
        property: propertyOf(node),
        logged: isLogged(node),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isJsxText(node))
    return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return keyOf([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]);
}

/** By which code decides or finds: of a property, or what a value is compared with. */
function isName(node: ts.Node): boolean {
  if (!ts.isStringLiteral(node)) return false;
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) ||
    ts.isCaseClause(parent) ||
    (ts.isBinaryExpression(parent) && COMPARISONS.has(parent.operatorToken.kind))
  );
}

const COMPARISONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.InKeyword,
]);

function propertyOf({ parent }: ts.Node): string | null {
  const holder =
    ts.isArrayLiteralExpression(parent) || ts.isBinaryExpression(parent) ? parent.parent : parent;
  return ts.isPropertyAssignment(holder) && ts.isIdentifier(holder.name) ? holder.name.text : null;
}

function isLogged({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /\blog\.(info|warn|error)$/.test(parent.expression.getText());
}

function isSaid({ parent }: ts.Node): boolean {
  return ts.isTaggedTemplateExpression(parent) && ts.isIdentifier(parent.tag) && parent.tag.text === 't';
}
