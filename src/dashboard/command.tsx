interface TextProps {
  readonly text: string;
}

/** Text with commands in backticks, which are shown as such. */
export function WithCommands({ text }: TextProps) {
  const parts = text.split('`');
  // Every second part stood between backticks.
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}
