import { loadDataset } from '../../data/load-dataset.ts';
import { parseProjectValue } from '../../document/file/parse-project.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { serializeProject } from '../../document/file/serialize-project.ts';
import { importModel, type Drawing } from '../../exchange/import-model.ts';
import { writeWeights } from '../../exchange/weights-file.ts';
import type { EngineFiles } from '../engine-files.ts';

export interface ImportRequest {
  readonly bytes: Uint8Array;
  /** The file's, without its ending. */
  readonly name: string;
  /** The open document's JSON value, for a file that holds weights alone; null where none is open. */
  readonly into: unknown;
}

export interface ImportReply {
  /** The document's text, and whether it is the one that was open. */
  readonly text: string;
  readonly isOpen: boolean;
  /** A safetensors file with the parameters' names here: what `open` takes as `weights`. */
  readonly weights: Uint8Array;
  readonly notes: readonly string[];
}

/** A model from elsewhere as a document and weights for it. Throws ProblemError. */
export async function importReply({ bytes, name, into }: ImportRequest, engine: EngineFiles): Promise<ImportReply> {
  const alone = attempt(() => importModel(bytes, name, null));
  const needsDrawing = 'error' in alone && alone.error.problems[0]?.code === 'U048' && into !== null && isWeights(bytes);
  if ('error' in alone && !needsDrawing) throw alone.error;
  const { model, notes } = 'error' in alone ? importModel(bytes, name, await drawingOf(into, engine)) : alone.value;
  return { text: serializeProject(model.project), isOpen: 'error' in alone, weights: writeWeights(model), notes };
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly error: ProblemError } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof ProblemError) return { error };
    throw error;
  }
}

/** A safetensors file: its header begins behind eight bytes. */
function isWeights(bytes: Uint8Array): boolean {
  return bytes[8] === 0x7b;
}

async function drawingOf(value: unknown, engine: EngineFiles): Promise<Drawing> {
  const parsed = parseProjectValue(value);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const { project } = parsed;
  if (project.data === null)
    throw new ProblemError([
      problem('U024', 'The project has no data, which says how wide its input and its head are.', 'Choose its data first, then import the weights.'),
    ]);
  return { project, signature: (await loadDataset(project.data, engine.assets, engine.imports)).signature };
}
