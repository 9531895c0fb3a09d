/** Text with commands in backticks, which are shown as such. */
export function WithCommands({ text }: { readonly text: string }) {
  const parts = text.split('`');
  return (
    <>
      {parts.map((part, i) =>
        // Every second part stood between backticks.
        i % 2 === 1 ? <code key={i}>{part}</code> : part,
      )}
    </>
  );
}
