import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Graph, GraphNode, NodeId, ParamValue, PortRef, Project, Wire, WireId } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';

export const id = (text: string): NodeId => text as NodeId;
export const wireId = (text: string): WireId => text as WireId;

/** `node('gru1', 'gru', { units: 8 }, 'bi')`. */
export function node(name: string, kind: string, params: Readonly<Record<string, ParamValue>> = {}, parent?: string): GraphNode {
  return { id: id(name), kind, ...(parent === undefined ? {} : { parent: id(parent) }), params };
}

/** `port('bi.state')`; a bare name gets the port that is left out. */
export function port(text: string, otherwise: string): PortRef {
  const [name = '', given] = text.split('.');
  return { node: id(name), port: given ?? otherwise };
}

/** Wires written `bi.state -> head`; `out` and `in` where no port is given. */
export function graph(nodes: readonly GraphNode[], wires: readonly string[]): Graph {
  return {
    nodes,
    wires: wires.map((text, place): Wire => {
      const [from = '', to = ''] = text.split(' -> ');
      return { id: wireId(`w${place + 1}`), from: port(from, 'out'), to: port(to, 'in') };
    }),
  };
}

export function projectOf(drawn: Graph): Project {
  return { ...emptyProject('Test'), graph: drawn };
}

export const WORDS: DataSignature = {
  input: { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'good', 'bad'] },
  output: { kind: 'classes', classes: ['negative', 'positive'], perStep: false },
  longest: 6,
};

export const TAGS: DataSignature = { ...WORDS, output: { kind: 'classes', classes: ['noun', 'verb', 'other'], perStep: true } };

export const NUMBERS: DataSignature = {
  input: { kind: 'features', width: 5, columns: ['a', 'b', 'c', 'd', 'e'], normalisation: null },
  output: { kind: 'numbers', width: 2, columns: ['y', 'z'], normalisation: null, perStep: false },
  longest: 12,
};
