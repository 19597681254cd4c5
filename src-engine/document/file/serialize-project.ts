import type { Lesson } from '../lesson.ts';
import { kindSpec } from '../node-kinds.ts';
import type { GraphNode, Project, TrainingSpec, Wire } from '../project.ts';

type Loose = Readonly<Record<string, unknown>>;

/** Text of a `.unroll` file: known keys in the order of formats.md, unknown ones behind them by name, two spaces, a line end. */
export function serializeProject(project: Project): string {
  return `${JSON.stringify(projectValue(project), null, 2)}\n`;
}

/** The project as a plain JSON value with its keys in order. */
export function projectValue(project: Project): Loose {
  const { graph, data, training, lesson } = project;
  return ordered(project, ['format', 'version', 'name', 'graph', 'data', 'training', 'lesson'], {
    graph: ordered(graph, ['nodes', 'wires'], { nodes: graph.nodes.map(orderedNode), wires: graph.wires.map(orderedWire) }),
    data: data === null ? null : ordered(data, ['source', 'options', 'split'], { split: ordered(data.split, ['train', 'validation', 'test', 'seed']) }),
    training: ordered(training, ['optimizer', 'schedule', 'batchSize', 'epochs', 'earlyStop', 'seed', 'clip', 'bptt'], {
      optimizer: ordered(training.optimizer, ['kind', 'learningRate', 'momentum', 'nesterov', 'alpha', 'beta1', 'beta2', 'epsilon', 'weightDecay']),
      clip: ordered(training.clip, ['kind', 'max']),
      bptt: ordered(training.bptt, ['mode', 'window', 'reduce']),
      ...orderedPart(training, 'schedule', ['kind', 'every', 'factor', 'patience', 'final', 'warmup']),
      ...orderedPart(training, 'earlyStop', ['patience', 'minDelta']),
    }),
    ...(lesson === undefined ? {} : { lesson: orderedLesson(lesson) }),
  });
}

function orderedLesson(lesson: Lesson): Loose {
  return ordered(lesson, ['id', 'title', 'hide', 'steps'], {
    steps: lesson.steps.map((step) =>
      ordered(step, ['title', 'text', 'look', 'quantity', 'question', 'action', 'hide'], {
        ...(step.question === undefined ? {} : { question: ordered(step.question, ['text', 'choices', 'answer']) }),
        ...(step.action === undefined ? {} : { action: ordered(step.action, ['kind', 'remedy', 'node', 'label']) }),
      }),
    ),
  });
}

function orderedNode(node: GraphNode): Loose {
  const fields = kindSpec(node.kind)?.params.map((field) => field.name) ?? [];
  return ordered(node, ['id', 'kind', 'label', 'enabled', 'parent', 'position', 'params'], {
    params: ordered(node.params, fields),
    ...(node.position === undefined ? {} : { position: ordered(node.position, ['x', 'y']) }),
  });
}

function orderedWire(wire: Wire): Loose {
  return ordered(wire, ['id', 'from', 'to'], { from: ordered(wire.from, ['node', 'port']), to: ordered(wire.to, ['node', 'port']) });
}

/** An optional part of the training settings with its keys in order; nothing where it is left out. */
function orderedPart<K extends 'schedule' | 'earlyStop'>(training: TrainingSpec, name: K, keys: readonly string[]): Loose {
  const part = training[name];
  return part ? { [name]: ordered(part, keys) } : {};
}

/** A copy with `keys` first and the others by name; `replaced` gives the new values of some keys. */
function ordered(value: object, keys: readonly string[], replaced: Loose = {}): Loose {
  const entries = new Map<string, unknown>([...Object.entries(value), ...Object.entries(replaced)]);
  const others = [...entries.keys()].filter((key) => !keys.includes(key)).sort();
  return Object.fromEntries([...keys.filter((key) => entries.has(key)), ...others].map((key) => [key, entries.get(key)]));
}
