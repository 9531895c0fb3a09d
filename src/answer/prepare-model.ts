import { type Explainer, explainer } from '../model/explain.js';
import { confidenceOf, intervalOf } from '../model/interval.js';
import type { Model } from '../model/model.js';
import type { ModelAnswer } from '../model/prediction.js';
import { questionWriter } from '../model/question.js';

/** A model with what is worked out once for all bookings. */
export interface PreparedModel {
  readonly model: Model;
  readonly question: ReturnType<typeof questionWriter>;
  /** How sure the model is of its minutes for a row. */
  certainty(row: Float32Array, minutes: number): Pick<ModelAnswer, 'interval' | 'confidence'>;
  readonly explain: Explainer;
}

/** Prepares a model at its first use and remembers it for as long as somebody holds the model. */
export function modelPreparer(): (model: Model) => PreparedModel {
  const prepared = new WeakMap<Model, PreparedModel>();
  return (model) => {
    const known = prepared.get(model) ?? prepare(model);
    prepared.set(model, known);
    return known;
  };
}

function prepare(model: Model): PreparedModel {
  const { interval, features } = model.manifest;
  const names = features.map(({ name }) => name);
  return {
    model,
    question: questionWriter(model.manifest),
    certainty: (row, minutes) => ({
      interval: interval && intervalOf(interval, minutes, row, names),
      confidence: interval && confidenceOf(interval, minutes, row, names),
    }),
    explain: explainer(model),
  };
}
