interface TextProps {
  readonly text: string;
}

/** Text with commands in backticks, which are shown as such. */
export function WithCommands({ text }: TextProps) {
  const parts = text.split('`');
  // Every second part stood between backticks.
  return <>{parts.map((part, i) => (i % 2 === 1 ? <code key={i}>{part}</code> : part))}</>;
}

/** What the server says in its own words, which are English. */
export function ServerText({ text }: TextProps) {
  return (
    <span lang="en">
      <WithCommands text={text} />
    </span>
  );
}
