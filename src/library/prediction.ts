/** How late a ride will be, who says so, and why: the document of `POST /predictions`. Minutes are minutes late. */
export interface Prediction {
  readonly booking_id: string;
  readonly request_id: string | null;
  /** The arm of the booking; `null` where the flag was not asked. */
  readonly variant: 'model' | 'control' | null;
  /** What answered: the model, the heuristic, or the heuristic in place of a model that failed. */
  readonly source: 'model' | 'heuristic' | 'fallback';
  /** Why: the flag's reason, its error code, `INELIGIBLE` (the model lacks a value), `ERROR` (it failed), or `CLOSED`. */
  readonly reason: string | null;
  /** What happened, for people. */
  readonly detail: string | null;
  readonly predicted_minutes: number;
  readonly model_minutes: number | null;
  readonly heuristic_minutes: number;
  /** Between these the outcome lies with probability `level`; of the model's answers only. */
  readonly interval: { readonly lower: number; readonly upper: number; readonly level: number } | null;
  /** The probability, 0–1, that the model is wrong by no more than 3 minutes. */
  readonly confidence: number | null;
  readonly risk_level: 'low' | 'medium' | 'high';
  /** What moved the model's answer; `base`, `factors` and `rest` add up to it. */
  readonly contributing_factors: {
    readonly method: 'tree_shap' | 'occlusion';
    readonly base: number;
    /** The five that moved it most, largest first. */
    readonly factors: readonly { readonly name: string; readonly minutes: number }[];
    readonly rest: number;
  } | null;
  /** `reason`: why the factor is the neutral default. */
  readonly weather: { readonly factor: number; readonly is_default: boolean; readonly reason: string | null };
  /** Values beyond what training has seen. */
  readonly out_of_range: readonly {
    readonly name: string;
    readonly value: number;
    readonly min: number;
    readonly max: number;
  }[];
  /** True when the model or the booking is simulated. */
  readonly simulated: boolean;
  readonly model_version: string;
  readonly latency_ms: number;
  /** ISO 8601, UTC. */
  readonly created_at: string;
}
