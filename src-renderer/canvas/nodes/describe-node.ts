import type { CheckedGraph } from '../../../src-engine/document/checked.ts';
import { isCellKind, kindSpec } from '../../../src-engine/document/node-kinds.ts';
import { booleanParam, choiceParam, numberParam } from '../../../src-engine/document/params.ts';
import type { GraphNode } from '../../../src-engine/document/project.ts';
import { countParameters, describeType } from '../../../src-engine/document/shape-text.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';

/** The two lines of a card: what it is set to, and what it weighs. */
export function describeNode(node: GraphNode, checked: CheckedGraph, signature: DataSignature | null): readonly [string, string] {
  if (kindSpec(node.kind) === null) return ['unknown to this version', 'kept as it is'];
  if (node.enabled === false) return ['switched off', 'hands its input on'];
  if (isCellKind(node.kind)) return [`${count(numberParam(node, 'units'), 'unit')}, ${cellOption(node)}`, weight(node, checked)];
  switch (node.kind) {
    case 'tokens':
    case 'features':
    case 'vector':
      return describeInput(node.kind, signature);
    case 'embedding':
      return describeEmbedding(node, checked);
    case 'one-hot':
      return [outputText(node, checked) ?? 'one column per token', 'nothing to learn'];
    case 'dense':
      return [`${count(numberParam(node, 'units'), 'unit')}, ${activationText(choiceParam(node, 'activation'))}`, weight(node, checked)];
    case 'decoder':
      return [`${count(numberParam(node, 'units'), 'unit')}, ${choiceParam(node, 'cell').toUpperCase()}`, weight(node, checked)];
    case 'activation':
      return [activationText(choiceParam(node, 'activation')), 'nothing to learn'];
    case 'dropout':
      return [`rate ${numberParam(node, 'rate')}`, 'in training only'];
    case 'layer-norm':
      return ['mean 0, deviation 1', weight(node, checked)];
    case 'concat':
    case 'add':
      return [outputText(node, checked) ?? (node.kind === 'add' ? 'sum of its inputs' : 'its inputs side by side'), 'nothing to learn'];
    case 'pool':
      return [POOLS[choiceParam(node, 'mode')] ?? '', choiceParam(node, 'mode') === 'attention' ? weight(node, checked) : throughText(node, checked)];
    case 'repeat':
      return ['same at every step', outputText(node, checked) ?? 'vector to sequence'];
    case 'last-step':
      return ['last valid step', throughText(node, checked)];
    default:
      return [headText(signature), weight(node, checked)];
  }
}

const POOLS: Readonly<Record<string, string>> = { mean: 'mean of the steps', max: 'largest of the steps', attention: 'weighted by attention' };

/** Shown at the right of a block's caption. */
export function describeBlock(node: GraphNode, off: boolean): string {
  if (off) return 'switched off';
  if (node.kind === 'bidirectional') return choiceParam(node, 'merge');
  if (node.kind !== 'stack') return '';
  const [repeats, dropout] = [numberParam(node, 'repeats'), numberParam(node, 'dropout')];
  const parts = [repeats === 1 ? '' : `× ${repeats}`, dropout === 0 ? '' : `dropout ${dropout}`, booleanParam(node, 'residual') ? 'residual' : ''];
  return parts.filter((part) => part !== '').join(', ');
}

export function numberText(value: number): string {
  return value.toLocaleString('en-GB');
}

function count(value: number, noun: string): string {
  return `${numberText(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function weight(node: GraphNode, checked: CheckedGraph): string {
  const found = checked.nodes.get(node.id);
  const parameters = countParameters(checked, node.id);
  return found === undefined || parameters === 0 ? 'size not known yet' : count(parameters, 'parameter');
}

function cellOption(node: GraphNode): string {
  switch (node.kind) {
    case 'rnn':
      return activationText(choiceParam(node, 'activation'));
    case 'gru':
      return `reset ${choiceParam(node, 'reset')}`;
    default:
      return lstmOption(node);
  }
}

function lstmOption(node: GraphNode): string {
  const [peephole, coupled] = [booleanParam(node, 'peephole'), booleanParam(node, 'coupled')];
  if (peephole) return coupled ? 'peephole, coupled' : 'peephole';
  return coupled ? 'coupled gates' : `forget bias ${numberParam(node, 'forgetBias')}`;
}

function activationText(value: string): string {
  if (value === 'relu') return 'ReLU';
  return value === 'none' ? 'linear' : value;
}

function describeInput(kind: 'tokens' | 'features' | 'vector', signature: DataSignature | null): readonly [string, string] {
  if (signature === null) return [kind === 'tokens' ? 'text of the data' : 'columns of the data', 'size not known yet'];
  const { input, longest } = signature;
  if (input.kind === 'tokens') return [`vocabulary ${numberText(input.vocabulary.length)}`, `longest ${count(longest, input.unit)}`];
  const steps = input.kind === 'vector' ? 'no steps' : `longest ${count(longest, 'step')}`;
  return [shortList(input.columns) ?? count(input.width, 'column'), steps];
}

function describeEmbedding(node: GraphNode, checked: CheckedGraph): readonly [string, string] {
  const source = choiceParam(node, 'vectors') === 'random' ? count(numberParam(node, 'size'), 'number') : `GloVe ${numberParam(node, 'size')}`;
  const parameters = countParameters(checked, node.id);
  const trained = booleanParam(node, 'trainable');
  const size = parameters === 0 ? 'size not known yet' : `${numberText(parameters)} ${trained ? 'parameters' : 'fixed'}`;
  return [`${source}, ${trained ? 'trained' : 'frozen'}`, size];
}

function outputText(node: GraphNode, checked: CheckedGraph): string | null {
  const type = checked.nodes.get(node.id)?.outputs['out'] ?? null;
  return type === null ? null : describeType(type);
}

function throughText(node: GraphNode, checked: CheckedGraph): string {
  const input = checked.nodes.get(node.id)?.inputs['in'] ?? null;
  const output = outputText(node, checked);
  return input === null || output === null ? 'sequence to vector' : output;
}

function headText(signature: DataSignature | null): string {
  if (signature === null) return 'answers from the data';
  const { output } = signature;
  if (output.kind === 'classes') return shortList(output.classes) ?? `${numberText(output.classes.length)} classes`;
  return shortList(output.columns) ?? count(output.width, 'number');
}

/** One or two names where they fit on a card. */
function shortList(names: readonly string[]): string | null {
  const text = names.join(', ');
  return names.length <= 2 && text.length <= 22 ? text : null;
}
