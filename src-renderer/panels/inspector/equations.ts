import { booleanParam, choiceParam } from '../../../src-engine/document/params.ts';
import type { GraphNode } from '../../../src-engine/document/project.ts';

const FUNCTIONS: Readonly<Record<string, string>> = { tanh: '\\tanh', relu: '\\operatorname{ReLU}', sigmoid: '\\sigma', none: '' };

/**
 * What a node computes at one step, a line of TeX each, in row vectors as the lectures write it (product X W); the long ones are
 * broken by hand. Null for kinds without weights of their own.
 */
export function equationsOf(node: GraphNode): readonly string[] | null {
  switch (node.kind) {
    case 'rnn':
      return [`H_t = ${functionOf(node)}(X_t W_{xh} + H_{t-1} W_{hh} + b_h)`];
    case 'gru':
      return [...gate('R', 'r'), ...gate('Z', 'z'), ...candidate(node), 'H_t = Z_t \\odot H_{t-1} + (1 - Z_t) \\odot \\tilde H_t'];
    case 'lstm':
      return [
        ...(booleanParam(node, 'coupled') ? ['I_t = 1 - F_t'] : gate('I', 'i', peephole(node, 't-1', 'i'))),
        ...gate('F', 'f', peephole(node, 't-1', 'f')),
        ...gate('O', 'o', peephole(node, 't', 'o')),
        '\\tilde C_t = \\tanh(X_t W_{xc} + H_{t-1} W_{hc} + b_c)',
        'C_t = F_t \\odot C_{t-1} + I_t \\odot \\tilde C_t',
        'H_t = O_t \\odot \\tanh(C_t)',
      ];
    case 'dense':
      return [functionOf(node) === '' ? 'Y = X W + b' : `Y = ${functionOf(node)}(X W + b)`];
    case 'decoder':
      return ['H_0 = \\text{input}', 'H_t = \\operatorname{cell}(E_{y_{t-1}}, H_{t-1})'];
    case 'activation':
      return [`Y = ${functionOf(node)}(X)`];
    case 'layer-norm':
      return ['Y = \\frac{X - \\mu}{\\sqrt{\\sigma^2 + 10^{-5}}} \\odot w + b'];
    case 'pool':
      return poolOf(choiceParam(node, 'mode'));
    case 'sigmoid-head':
      return ['\\hat y = \\sigma(X W + b)', 'L = -y \\log \\hat y - (1 - y) \\log(1 - \\hat y)'];
    case 'softmax-head':
      return ['\\hat y = \\operatorname{softmax}(X W + b)', 'L = -\\log \\hat y_{\\,\\text{true class}}'];
    case 'regression-head':
      return ['\\hat y = X W + b', choiceParam(node, 'loss') === 'huber' ? HUBER : 'L = \\lVert \\hat y - y \\rVert^2'];
    default:
      return null;
  }
}

const HUBER = 'L = \\begin{cases} d^2 / 2 & |d| \\le \\delta \\\\ \\delta (|d| - \\delta / 2) & \\text{else} \\end{cases}, \\quad d = \\hat y - y';

function poolOf(mode: string): readonly string[] {
  if (mode === 'mean') return ['y = \\tfrac{1}{T} \\sum_t X_t'];
  if (mode === 'max') return ['y = \\max_t X_t'];
  return ['p = \\operatorname{softmax}_t(v \\cdot \\tanh(X_t W))', 'y = \\sum_t p_t X_t'];
}

function functionOf(node: GraphNode): string {
  return FUNCTIONS[choiceParam(node, 'activation')] ?? '';
}

function gate(name: string, index: string, seen: string | null = null): readonly string[] {
  const sum = `${name}_t = \\sigma(X_t W_{x${index}} + H_{t-1} W_{h${index}}`;
  return seen === null ? [`${sum} + b_${index})`] : [sum, `\\qquad {} + ${seen} + b_${index})`];
}

/** What a gate sees of the cell state. */
function peephole(node: GraphNode, step: string, index: string): string | null {
  return booleanParam(node, 'peephole') ? `C_{${step}} \\odot w_{c${index}}` : null;
}

function candidate(node: GraphNode): readonly string[] {
  return choiceParam(node, 'reset') === 'before'
    ? ['\\tilde H_t = \\tanh(X_t W_{xh}', '\\qquad {} + (R_t \\odot H_{t-1}) W_{hh} + b_h)']
    : ['\\tilde H_t = \\tanh(X_t W_{xh} + b_h', '\\qquad {} + R_t \\odot (H_{t-1} W_{hh} + b_{hn}))'];
}
