import { type GradientOp } from './derivatives.ts';
import { familyOf, type Family, type FamilyId, type FamilyOp, type PreviousState, type UnrolledGraph } from './graph.ts';

/** Steps written out; longer graphs show the first and the last and say how many are left out. */
const SHOWN_STEPS = 4;
/** A state before the first step. */
const ZERO = '0';

/** The unrolled graph as text: a line for each node (op and step), forward in running order, then the gradient of each, last step first. */
export function printGraph(graph: UnrolledGraph, gradients: ReadonlyMap<FamilyId, readonly GradientOp[]>): string {
  const lines = [`unrolled graph, B = ${graph.batch}, T = ${graph.steps}: ${countNodes(graph)} nodes forward`, '', 'parameters, each shared by all its copies'];
  for (const { name, shape, trainable, copies } of graph.parameters) {
    lines.push(`  ${name} [${shape.join(' x ')}]${trainable ? '' : ' frozen'}, ${copies} ${copies === 1 ? 'copy' : 'copies'}`);
  }
  lines.push('', 'forward');
  for (const family of graph.families) lines.push(...familyLines(family, (t) => forwardLine(graph, family, t), false));
  lines.push('', 'backward');
  for (const family of [...graph.families].reverse()) {
    const ops = gradients.get(family.id) ?? [];
    if (ops.length > 0)
      lines.push(
        ...familyLines(
          family,
          (t) =>
            ops
              .map((op) => gradientLine(graph, family, op, t))
              .filter((line) => line !== null)
              .join('\n'),
          true,
        ),
      );
  }
  return `${lines.join('\n')}\n`;
}

function countNodes(graph: UnrolledGraph): number {
  return graph.families.reduce((total, { steps }) => total + steps, 0);
}

function familyLines(family: Family, line: (t: number) => string, backward: boolean): readonly string[] {
  const all = Array.from({ length: family.steps }, (_, index) => (backward ? family.steps - 1 - index : index));
  if (all.length <= SHOWN_STEPS + 1) return all.map(line);
  const left = all.length - SHOWN_STEPS;
  return [...all.slice(0, SHOWN_STEPS - 1).map(line), `  ... ${left} more copies`, ...all.slice(-1).map(line)];
}

/** `lstm1:t17.h`: steps count from 1, as in the window; families without steps have none. */
function nodeName(family: Family, t: number): string {
  return `${family.layer}${family.steps === 1 ? '' : `:t${t + 1}`}.${family.role}`;
}

function forwardLine(graph: UnrolledGraph, family: Family, t: number): string {
  return `  ${nodeName(family, t)} [B x ${family.width}] = ${expression(graph, family.op, t)}`;
}

function expression(graph: UnrolledGraph, op: FamilyOp, t: number): string {
  const at = (id: FamilyId): string => nodeName(familyOf(graph, id), t);
  const back = (previous: PreviousState): string => previousName(graph, previous, t);
  switch (op.op) {
    case 'tokens':
    case 'features':
      return 'from the data';
    case 'previous-targets':
      return t === 0 ? 'start' : `target of step ${t}`;
    case 'feedback':
      return t === 0 ? 'start' : `largest of ${back(op.previous)}`;
    case 'mixed-targets':
      return t === 0 ? 'start' : `target of step ${t}, or largest of ${back(op.previous)}`;
    case 'embedding':
      return `${op.weight}[${at(op.ids)}]`;
    case 'one-hot':
      return `one-hot(${at(op.ids)})`;
    case 'product': {
      const { parameter, firstRow, rows } = op.weight;
      const x = op.previous === null ? at(op.x) : back(op.previous);
      const onto = op.onto?.add === true ? `${at(op.onto.family)} + ` : '';
      return `${onto}${x} . ${parameter}[${firstRow}:${firstRow + rows}]^T${op.bias === null ? '' : ` + ${op.bias}`}`;
    }
    case 'rnn':
      return `${op.activation}(${at(op.pre)})`;
    case 'gru-gates':
      return `sigmoid(r of ${at(op.gates)}) * ${back(op.previous)}`;
    case 'gru-blend':
      return `z * ${back(op.previous)} + (1 - z) * tanh(n), r, z, n of ${at(op.gates)}`;
    case 'gru-after':
      return `z * ${back(op.previous)} + (1 - z) * tanh(n + r * n'), gates ${at(op.gates)}, n' of ${at(op.recurrent)}`;
    case 'lstm':
      return `o * tanh(c), c = f * c' + i * g, gates ${at(op.gates)}, c' ${t === 0 && op.initialCell !== null ? `= ${at(op.initialCell)}` : `beside ${back(op.previous)}`}`;
    default:
      return otherExpression(op, at);
  }
}

type OtherOp = Exclude<
  FamilyOp,
  {
    op:
      | 'tokens'
      | 'features'
      | 'previous-targets'
      | 'feedback'
      | 'mixed-targets'
      | 'embedding'
      | 'one-hot'
      | 'product'
      | 'rnn'
      | 'gru-gates'
      | 'gru-blend'
      | 'gru-after'
      | 'lstm';
  }
>;

function otherExpression(op: OtherOp, at: (id: FamilyId) => string): string {
  const reads = 'parts' in op ? op.parts : [op.x];
  const detail = 'mode' in op ? `${op.mode} ` : 'activation' in op ? `${op.activation} ` : '';
  return `${detail}${op.op}(${reads.map(at).join(', ')})`;
}

function previousName(graph: UnrolledGraph, previous: PreviousState, t: number): string {
  if (t > 0) return nodeName(familyOf(graph, previous.family), t - 1);
  return previous.initial === null ? ZERO : nodeName(familyOf(graph, previous.initial), 0);
}

function gradientLine(graph: UnrolledGraph, family: Family, gradient: GradientOp, t: number): string | null {
  const d = `d(${nodeName(family, t)})`;
  const { op } = family;
  switch (gradient.op) {
    case 'product-input': {
      if (op.op !== 'product') throw new Error('a product gradient of something else');
      const into = op.previous === null ? nodeName(familyOf(graph, op.x), t) : previousName(graph, op.previous, t);
      if (into === ZERO) return null;
      return `  d(${into}) += ${d} . ${op.weight.parameter}`;
    }
    case 'product-weight': {
      if (op.op !== 'product') throw new Error('a product gradient of something else');
      const x = op.previous === null ? nodeName(familyOf(graph, op.x), t) : previousName(graph, op.previous, t);
      if (x === ZERO) return null;
      return `  d(${op.weight.parameter}) += ${d}^T . ${x}`;
    }
    case 'product-bias':
      return `  d(${op.op === 'product' ? (op.bias ?? '') : ''}) += column sums of ${d}`;
    default:
      return `  ${gradient.op} backward from ${d}`;
  }
}
