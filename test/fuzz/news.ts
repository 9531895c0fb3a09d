/** What the process that fuzzes tells the one that watches it. */
export type FuzzNews =
  | { readonly kind: 'runs'; readonly target: string; readonly runs: number }
  | Finding
  | { readonly kind: 'done' };

export interface Finding {
  readonly kind: 'finding';
  readonly target: string;
  readonly seed: number;
  /** As text that can be pasted; bytes as base64. */
  readonly input: string;
  /** What was thrown, with its stack; or that nothing came. */
  readonly fault: string;
}
