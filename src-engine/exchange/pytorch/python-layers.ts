import { featuresOf } from '../../document/check/shape-rules.ts';
import type { CheckedNode, ParameterShape } from '../../document/checked.ts';
import { booleanParam, choiceParam, numberParam } from '../../document/params.ts';
import type { GraphNode } from '../../document/project.ts';
import type { PythonHelper } from './python-helpers.ts';

/** A module of the generated model: how it is made, and where Unroll's parameters stand in it. */
export interface PythonLayer {
  readonly make: string;
  /** True for nn.RNN, nn.GRU and nn.LSTM: they run through `run` and `run_both`. */
  readonly library: boolean;
  readonly helpers: readonly PythonHelper[];
  /** [last part of Unroll's name, name inside the module, first row]. */
  readonly parameters: readonly (readonly [string, string, number])[];
}

/** The module of a cell; `inputs` is I. PyTorch's own layer where it computes the same, else a small one that does. */
export function cellLayer(node: GraphNode, inputs: number, bothDirections: boolean): PythonLayer {
  const units = numberParam(node, 'units');
  const own = ownCell(node, inputs, units);
  if (own !== null) return own;
  const sizes = `${String(inputs)}, ${String(units)}${node.kind === 'rnn' ? `, nonlinearity="${choiceParam(node, 'activation')}"` : ''}`;
  const name = { rnn: 'RNN', gru: 'GRU' }[node.kind] ?? 'LSTM';
  const both = bothDirections ? ', bidirectional=True' : '';
  const parameters: [string, string, number][] = [
    ['weight_ih', 'weight_ih_l0', 0],
    ['weight_hh', 'weight_hh_l0', 0],
    ['bias', 'bias_ih_l0', 0],
  ];
  if (node.kind === 'gru') parameters.push(['bias_hn', 'bias_hh_l0', 2 * units]);
  return {
    make: `one_bias(nn.${name}(${sizes}, batch_first=True${both}))`,
    library: true,
    helpers: ['one_bias', bothDirections ? 'run_both' : 'run'],
    parameters,
  };
}

export function isLibraryCell(node: GraphNode): boolean {
  return ownCell(node, 1, 1) === null;
}

function ownCell(node: GraphNode, inputs: number, units: number): PythonLayer | null {
  const sizes = `${String(inputs)}, ${String(units)}`;
  const same = (names: readonly string[]): PythonLayer['parameters'] => names.map((name) => [name, name, 0]);
  const plain = { library: false, parameters: same(['weight_ih', 'weight_hh', 'bias']) };
  if (node.kind === 'rnn' && choiceParam(node, 'activation') === 'sigmoid') return { ...plain, make: `SigmoidRNN(${sizes})`, helpers: ['SigmoidRNN'] };
  if (node.kind === 'gru' && choiceParam(node, 'reset') === 'before') return { ...plain, make: `GRUResetBefore(${sizes})`, helpers: ['GRUResetBefore'] };
  if (node.kind !== 'lstm') return null;
  const [peephole, coupled] = [booleanParam(node, 'peephole'), booleanParam(node, 'coupled')];
  if (!peephole && !coupled) return null;
  const names = ['weight_ih', 'weight_hh', 'bias', ...(peephole ? ['weight_ci', 'weight_cf', 'weight_co'] : [])];
  const make = `LSTMVariant(${sizes}, peephole=${pythonBoolean(peephole)}, coupled=${pythonBoolean(coupled)})`;
  return { make, library: false, helpers: ['LSTMVariant'], parameters: same(names) };
}

/** The module of a layer with weights that is no cell, or null. `parameters` are the copy's own. */
export function plainLayer({ node, inputs }: CheckedNode, parameters: readonly ParameterShape[]): PythonLayer | null {
  const [rows = 0, columns = 0] = parameters[0]?.shape ?? [];
  const weightAndBias: PythonLayer['parameters'] = [
    ['weight', 'weight', 0],
    ['bias', 'bias', 0],
  ];
  const make = (text: string, names: PythonLayer['parameters'], helpers: readonly PythonHelper[] = []): PythonLayer => ({
    make: text,
    library: false,
    helpers,
    parameters: names,
  });
  switch (node.kind) {
    case 'embedding':
      return make(`nn.Embedding(${String(rows)}, ${String(columns)})`, [['weight', 'weight', 0]]);
    case 'dense':
    case 'softmax-head':
    case 'sigmoid-head':
    case 'regression-head':
      return make(`nn.Linear(${String(columns)}, ${String(rows)})`, weightAndBias);
    case 'layer-norm':
      return make(`nn.LayerNorm(${String(rows)}, eps=1e-5)`, weightAndBias);
    case 'dropout':
      return make(`nn.Dropout(${String(numberParam(node, 'rate'))})`, []);
    case 'pool':
      if (choiceParam(node, 'mode') !== 'attention') return null;
      return make(
        `AttentionPool(${String(featuresOf(inputs['in'] ?? null) ?? 0)})`,
        [
          ['weight', 'weight', 0],
          ['vector', 'vector', 0],
        ],
        ['AttentionPool'],
      );
    default:
      return null;
  }
}

function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}
