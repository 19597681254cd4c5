import { dataTitle } from './data/data-title.ts';
import { kindSpec } from './node-kinds.ts';
import type { Graph, GraphNode, NodeId, ParamValue, Project, TrainingSpec } from './project.ts';

/**
 * What a person would say has changed from one project to another, of all that decides what its training comes to: `RNN → LSTM`, `units 48 → 21`,
 * `learning rate 0.01 → 0.003`. Positions, labels and names do not count. Empty where nothing has.
 */
export function describeDifference(before: Project, now: Project): readonly string[] {
  return [...graphChanges(before.graph, now.graph), ...dataChanges(before.data, now.data), ...trainingChanges(before.training, now.training)];
}

function graphChanges(before: Graph, now: Graph): readonly string[] {
  const [old, fresh] = [byId(before), byId(now)];
  const alone = (node: GraphNode): boolean => now.nodes.filter(({ kind }) => kind === node.kind).length === 1;
  const changed = now.nodes.flatMap((node) => {
    const was = old.get(node.id);
    return was === undefined ? [] : nodeChanges(was, node, alone(node) ? '' : `${node.id} `);
  });
  const added = now.nodes.filter(({ id }) => !old.has(id)).map((node) => `${titleOf(node)} added`);
  const removed = before.nodes.filter(({ id }) => !fresh.has(id)).map((node) => `${titleOf(node)} removed`);
  return [...changed, ...counted(removed), ...counted(added), ...wiring(before, now, old, fresh)];
}

const byId = ({ nodes }: Graph): ReadonlyMap<NodeId, GraphNode> => new Map(nodes.map((node) => [node.id, node]));

function titleOf({ kind }: GraphNode): string {
  return kindSpec(kind)?.title ?? kind;
}

/** Equal sentences said once: `2 × Dense added`. */
function counted(sentences: readonly string[]): readonly string[] {
  return [...Map.groupBy(sentences, (each) => each)].map(([sentence, all]) => (all.length === 1 ? sentence : `${all.length} × ${sentence}`));
}

function nodeChanges(was: GraphNode, node: GraphNode, whose: string): readonly string[] {
  const changes: string[] = [];
  const swapped = was.kind !== node.kind;
  if (swapped) changes.push(`${whose}${titleOf(was)} → ${titleOf(node)}`);
  for (const field of kindSpec(node.kind)?.params ?? []) {
    const hadIt = kindSpec(was.kind)?.params.some(({ name }) => name === field.name) ?? false;
    if (swapped && !hadIt) continue;
    const [from, to] = [was.params[field.name] ?? field.default, node.params[field.name] ?? field.default];
    if (from !== to) changes.push(`${whose}${plain(field.label)} ${valueText(from)} → ${valueText(to)}`);
  }
  if ((was.enabled ?? true) !== (node.enabled ?? true))
    changes.push(`${whose === '' ? titleOf(node) : node.id} switched ${node.enabled === false ? 'off' : 'on'}`);
  if ((was.parent ?? null) !== (node.parent ?? null))
    changes.push(`${node.id} ${node.parent === undefined ? `out of ${was.parent ?? ''}` : `into ${node.parent}`}`);
  return changes;
}

/** A label inside a sentence: its first letter small, unless it is a symbol or an abbreviation. */
function plain(label: string): string {
  return /^[A-Z][a-z]/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function valueText(value: ParamValue): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** Wires between nodes that both have; the others come and go with their nodes. */
function wiring(before: Graph, now: Graph, old: ReadonlyMap<NodeId, GraphNode>, fresh: ReadonlyMap<NodeId, GraphNode>): readonly string[] {
  const ends = ({ wires }: Graph): ReadonlySet<string> =>
    new Set(
      wires
        .filter(({ from, to }) => [from.node, to.node].every((id) => old.has(id) && fresh.has(id)))
        .map(({ from, to }) => JSON.stringify([from.node, from.port, to.node, to.port])),
    );
  const [was, is] = [ends(before), ends(now)];
  return was.size === is.size && [...was].every((wire) => is.has(wire)) ? [] : ['wired differently'];
}

function dataChanges(before: Project['data'], now: Project['data']): readonly string[] {
  if (before === null || now === null) return before === now ? [] : [`data ${dataTitle(before)} → ${dataTitle(now)}`];
  if (before.source !== now.source) return [`data ${dataTitle(before)} → ${dataTitle(now)}`];
  const names = new Set([...Object.keys(before.options), ...Object.keys(now.options)]);
  const options = [...names].filter((name) => before.options[name] !== now.options[name]);
  const split = (['train', 'validation', 'test', 'seed'] as const).some((part) => before.split[part] !== now.split[part]);
  return [
    ...options.map((name) => change(`data ${name}`, shortText(before.options[name]), shortText(now.options[name]))),
    ...(split ? [`split ${splitText(before.split)} → ${splitText(now.split)}`] : []),
  ];
}

const splitText = ({ train, validation, test, seed }: NonNullable<Project['data']>['split']): string =>
  `${[train, validation, test].map((share) => String(Math.round(share * 100))).join('/')} seed ${seed}`;

const LONGEST = 24;

function shortText(value: ParamValue | undefined): string {
  if (value === undefined) return 'none';
  const text = valueText(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const change = (name: string, from: string, to: string): string => `${name} ${from} → ${to}`;

/** Every setting as its name and its value in words, in the order of the inspector. */
function settingsOf({ optimizer, batchSize, epochs, seed, clip, bptt, schedule, earlyStop }: TrainingSpec): ReadonlyMap<string, string> {
  const { kind, learningRate, ...constants } = optimizer;
  const { kind: curve, ...shape } = schedule ?? { kind: 'constant' as const };
  return new Map([
    ['optimizer', kind],
    ['learning rate', String(learningRate)],
    ...Object.entries(constants).map(([name, value]): [string, string] => [spaced(name), shortText(value)]),
    ['batch size', String(batchSize)],
    ['epochs', String(epochs)],
    ['seed', String(seed)],
    ['clip', clip.kind === 'none' ? 'off' : `${clip.kind} ${clip.max}`],
    ['BPTT', bptt.mode === 'full' ? 'full' : `window ${bptt.window ?? 'standard'}`],
    ['copies', bptt.reduce],
    ['schedule', [curve, ...Object.entries(shape).map(([name, value]) => `${spaced(name)} ${String(value)}`)].join(', ')],
    ['early stop', earlyStop === undefined || earlyStop === null ? 'off' : `after ${earlyStop.patience} epochs`],
  ]);
}

/** `weightDecay` as `weight decay`. */
const spaced = (name: string): string => name.replace(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);

function trainingChanges(before: TrainingSpec, now: TrainingSpec): readonly string[] {
  const [was, is] = [settingsOf(before), settingsOf(now)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => change(name, was.get(name) ?? 'standard', is.get(name) ?? 'standard'));
}
