import { checkGraph } from '../../document/check.ts';
import { ProblemError } from '../../document/problems.ts';
import { walkGraph } from '../walk-graph.ts';
import type { TrainedModel } from '../trained-model.ts';
import { describeModel } from './metadata.ts';
import { OnnxBackend } from './onnx-backend.ts';
import { encodeModel } from './onnx-schema.ts';

/** What every runtime of the last years reads: LayerNormalization came with opset 17. */
const OPSET = { irVersion: 8n, opsetImport: [{ domain: '', version: 17n }] };

/**
 * A trained model as the bytes of a `.onnx` file. Rows first, batch and length free: `ids` int64 [B,T] or `x` float [B,T,F] or [B,F], and `lengths` int64
 * [B]; out comes `probabilities` or `numbers`, in the unit of the data. Recurrent cells are the standard RNN, GRU and LSTM; a decoder is a Loop that reads its own answers.
 * Throws ProblemError where the graph does not pass the check.
 */
export function writeOnnx(model: Pick<TrainedModel, 'project' | 'signature' | 'parameters'>): Uint8Array {
  const { project, signature } = model;
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  const backend = new OnnxBackend(signature, model.parameters);
  walkGraph(project.graph, checked, backend);
  const graph = backend.graph(project.name === '' ? 'model' : project.name);
  return encodeModel({ ...OPSET, producerName: 'Unroll', graph, metadataProps: describeModel(project, signature) });
}
