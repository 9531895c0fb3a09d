/** Breaks at spaces; words longer than a line stay whole. `first` takes the place of the first line's indent. */
export function wrapped(text: string, width: number, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ').filter((piece) => piece !== '')) {
    const isEmpty = line.trim() === '';
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = isEmpty ? `${line}${word}` : `${line} ${word}`;
  }
  return line.trim() === '' ? lines : [...lines, line];
}

/** Text that was broken for a wider line, broken anew at spaces: what is indented, such as an example, stays a line. */
export function reflowed(text: string, width: number): string {
  const lines = text.split('\n');
  if (lines.every((line) => line.length <= width)) return text;
  const paragraphs: string[] = [];
  for (const [i, line] of lines.entries()) {
    const goesOn =
      i > 0 && line !== '' && !line.startsWith(' ') && lines[i - 1] !== '' && !lines[i - 1]?.startsWith(' ');
    if (goesOn) paragraphs[paragraphs.length - 1] += ` ${line}`;
    else paragraphs.push(line);
  }
  return paragraphs
    .flatMap((line) => (line.startsWith(' ') || line === '' ? [line] : wrapped(line, width, '')))
    .join('\n');
}

/** A label, and beside it a text that goes on below itself where the line ends. */
export function labelled(label: string, text: string, labelWidth: number, columns: number): string[] {
  const indent = ' '.repeat(labelWidth);
  const [first = indent, ...more] = wrapped(text, columns, indent);
  return [label.padEnd(labelWidth) + first.slice(labelWidth), ...more];
}

/** A text that goes on below with an indent where the line ends; colours come after, for they have no width. */
export function said(text: string, { columns }: { readonly columns: number }): string[] {
  return wrapped(text, columns, '  ', '');
}
