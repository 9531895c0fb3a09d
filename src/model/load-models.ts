import { loadModel } from './load.js';
import type { Model } from './model.js';
import type { RuntimeName } from './runtime.js';

/** Two model files, the second of which may be missing. */
interface ModelFiles {
  readonly path: string;
  readonly against: string | null;
  readonly runtime: RuntimeName | null;
}

/** Loads the models for a piece of work and closes them after it, however it ends. */
export async function loadModels<T>(
  { path, against, runtime }: ModelFiles,
  work: (model: Model, against: Model | null) => Promise<T>,
): Promise<T> {
  const model = await loadModel(path, runtime);
  try {
    const other = against === null ? null : await loadModel(against, runtime);
    try {
      return await work(model, other);
    } finally {
      await other?.close();
    }
  } finally {
    await model.close();
  }
}
