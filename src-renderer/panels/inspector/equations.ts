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
    case 'softmax-head':
      return ['\\hat y = \\operatorname{softmax}(X W + b)', 'L = -\\log \\hat y_{\\,\\text{true class}}'];
    case 'regression-head':
      return ['\\hat y = X W + b', 'L = \\lVert \\hat y - y \\rVert^2'];
    default:
      return null;
  }
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
