import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Runner } from './model.js';
import type { OnnxGraph } from './onnx-file.js';
import { forestPredictor } from './predict-forest.js';
import { readForest } from './read-forest.js';

export type RuntimeName = 'builtin' | 'onnxruntime';

/** A model file once read, and what its manifest says about it. */
export interface ModelFile {
  /** Names it in messages. */
  readonly label: string;
  readonly bytes: Uint8Array;
  readonly graph: OnnxGraph;
  /** Features in a row. */
  readonly width: number;
  readonly outputName: string;
}

/** What runs a model; `null` for a file that it cannot run. */
const RUNTIMES = {
  builtin: runForest,
  onnxruntime: async (file) => (await import('./onnxruntime.js')).startOnnxRuntime(file),
} satisfies Record<RuntimeName, (file: ModelFile) => Promise<Runner | null>>;

export const RUNTIME_NAMES = Object.keys(RUNTIMES) as readonly RuntimeName[];

/**
 * Starts the runtime that was asked for. Without a wish, tree ensembles run in our own evaluator and anything else
 * in ONNX Runtime. Throws BAD_MODEL for a file that the runtime cannot run.
 */
export async function startRuntime(file: ModelFile, asked: RuntimeName | null): Promise<Runner> {
  if (asked !== null) return (await RUNTIMES[asked](file)) ?? refuse(file);
  return (await RUNTIMES.builtin(file)) ?? (await RUNTIMES.onnxruntime(file));
}

async function runForest({ graph, label, width }: ModelFile): Promise<Runner | null> {
  const read = readForest(graph, label);
  if (read === null) return null;
  // A file may leave its width open: then the trees only tell the last feature that they ask for.
  if (read.width > width) {
    const fact = t`${label} takes ${read.width} features, but its manifest names ${width}`;
    throw new AtmrError('BAD_MODEL', t`${fact}. Name all of them, in the order of training.`);
  }
  const forest = { ...read, width };
  return { forest, predict: forestPredictor(forest), close: async () => {} };
}

function refuse({ graph, label }: ModelFile): never {
  const operators = [...new Set(graph.nodes.map(({ operator }) => operator))].join(', ');
  const fact = t`${label} is no tree ensemble (its operators: ${operators}), and only ONNX Runtime runs others`;
  throw new AtmrError('BAD_MODEL', t`${fact}. Leave out --runtime builtin.`);
}
