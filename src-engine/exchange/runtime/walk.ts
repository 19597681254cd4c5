import { makeCell, type State } from './cell.ts';
import type { Placed, Plan, PlanNode, Source } from './plan.ts';
import { attentionPool, maxPool, meanPool, type Pool } from './pools.ts';
import { activated, argmax, EMPTY, joined, product, sigmoid, softmax, sum, times, totalOf, type Vector } from './vectors.ts';

/** What leaves a block: a sequence, [T] vectors, or one vector; with the final state of a cell, or of what ends in one. */
export interface Value {
  readonly steps: readonly Vector[];
  readonly isSequence: boolean;
  readonly state: State | null;
}

/** Blocks that are a layer of a stack: a residual leads around them. */
const LAYERS = new Set(['rnn', 'gru', 'lstm', 'dense', 'stack', 'bidirectional']);

/** One example through a model; run again with more steps it goes on where it was, as its cells and pools keep what they have read. */
export class Walk {
  readonly #plan: Plan;
  readonly #states = new Map<string, State>();
  readonly #pools = new Map<string, Pool>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** Answers: probabilities, or numbers as they leave the head; one for each step, or one. `steps`: how many a repeat or a decoder makes. */
  run(input: Value, steps: number): Value {
    const { order, written } = this.#plan;
    const values = new Map<string, Value>();
    for (const placed of order) if (!written.has(placed.node.id)) this.#place(placed, values, input, steps);
    return written.size === 0 ? this.#answers(values) : this.#write(values, input, steps);
  }

  /** Step by step, each answer read to make the next. */
  #write(before: ReadonlyMap<string, Value>, input: Value, steps: number): Value {
    const answers: Vector[] = [];
    let previous = 0;
    for (let t = 0; t < steps; t++) {
      const values = new Map([...before].map(([id, value]) => [id, value.isSequence ? { ...value, steps: value.steps.slice(t, t + 1) } : value]));
      for (const placed of this.#plan.order) if (this.#plan.written.has(placed.node.id)) this.#place(placed, values, input, 1, previous);
      const [answer] = this.#answers(values).steps;
      if (answer === undefined) throw new Error('The decoder answers nothing.');
      answers.push(answer);
      previous = 1 + argmax(answer);
    }
    return sequence(answers);
  }

  #answers(values: ReadonlyMap<string, Value>): Value {
    const value = values.get(this.#plan.head);
    if (value === undefined) throw new Error('Nothing leads to the head.');
    return value;
  }

  /** Runs a block that is in no other. `previous`: 1 + the class answered one step before, for a decoder. */
  #place({ node, inputs, start }: Placed, values: Map<string, Value>, input: Value, steps: number, previous = 0): void {
    const { id, kind } = node;
    const given = inputs.map((source) => arriving(source, values));
    if (kind === 'decoder') {
      const read = this.#lookUp(`${id}.embedding`, previous, this.#plan.sizes.classes + 1);
      values.set(id, this.#cell({ id, kind: choice(node, 'cell', 'gru') }, id, sequence([read]), given[0]));
    } else if (kind === 'tokens' || kind === 'features' || kind === 'vector') values.set(id, input);
    else values.set(id, this.#node(node, '', '', given, start === undefined ? undefined : arriving(start, values), steps));
  }

  /** `repeats` is `[0]` and so on for each repeating stack around, `direction` `.forward` or `.backward` in a bidirectional block. */
  #node(node: PlanNode, repeats: string, direction: string, inputs: readonly Value[], start?: Value, steps = 0): Value {
    const [input] = inputs;
    if (input === undefined) throw new Error(`Nothing feeds ${node.id}.`);
    if (node.enabled === false) return input;
    if (node.kind === 'stack') return this.#stack(node, repeats, direction, input);
    if (node.kind === 'bidirectional') return this.#both(node, repeats, input);
    const path = `${node.id}${repeats}${direction}`;
    if (node.kind === 'rnn' || node.kind === 'gru' || node.kind === 'lstm') return this.#cell(node, path, input, start);
    return this.#plain(node, path, inputs, input, steps);
  }

  #running(block: PlanNode): readonly PlanNode[] {
    return (this.#plan.children.get(block.id) ?? []).filter(({ enabled }) => enabled !== false);
  }

  #stack(stack: PlanNode, repeats: string, direction: string, input: Value): Value {
    const times = Number(stack.params?.['repeats'] ?? 1);
    let value = input;
    for (let copy = 0; copy < times; copy++)
      for (const child of this.#running(stack)) {
        const out = this.#node(child, times > 1 ? `${repeats}[${copy}]` : repeats, direction, [value]);
        const around = stack.params?.['residual'] === true && LAYERS.has(child.kind);
        const before = value;
        value = around ? { ...out, steps: out.steps.map((step, t) => sum(step, before.steps[t] ?? step)), state: endOf(out) } : out;
      }
    return value;
  }

  #both(block: PlanNode, repeats: string, input: Value): Value {
    const run = (direction: string, from: Value): Value => this.#running(block).reduce((value, child) => this.#node(child, repeats, direction, [value]), from);
    const [forward, backward] = [run('.forward', input), run('.backward', sequence([...input.steps].reverse()))];
    const merge = choice(block, 'merge', 'concat');
    const merged = (a: Vector, b: Vector): Vector => (merge === 'concat' ? joined([a, b]) : merge === 'sum' ? sum(a, b) : sum(a, b).map((value) => value / 2));
    const [one, other] = [endOf(forward), endOf(backward)];
    const restored = [...backward.steps].reverse();
    const state = { h: merged(one.h, other.h), c: one.c === null || other.c === null ? null : merged(one.c, other.c) };
    return { ...sequence(forward.steps.map((step, t) => merged(step, restored[t] ?? step))), state };
  }

  #cell(node: PlanNode, path: string, input: Value, start?: Value): Value {
    const options = { activation: choice(node, 'activation', 'tanh'), coupled: node.params?.['coupled'] === true };
    const { units, step } = makeCell(node.kind, (part) => this.#plan.parameters.get(`${path}.${part}`), options);
    const [given] = start?.steps ?? [];
    let state = this.#states.get(path) ?? { h: given ?? new Float64Array(units), c: start?.state?.c ?? null };
    const hidden = input.steps.map((x) => {
      state = step(x, state);
      return state.h;
    });
    this.#states.set(path, state);
    return { ...sequence(hidden), state };
  }

  #plain(node: PlanNode, path: string, inputs: readonly Value[], input: Value, steps: number): Value {
    const each = (change: (x: Vector, t: number) => Vector): Value => ({ steps: input.steps.map(change), isSequence: input.isSequence, state: null });
    switch (node.kind) {
      case 'embedding':
        return each(([id = 0]) => this.#lookUp(`${path}.weight`, id, this.#plan.sizes.tokens));
      case 'one-hot':
        return each(([id]) => Float64Array.from({ length: this.#plan.sizes.tokens }, (_, place) => Number(place === id)));
      case 'dense':
        return each((x) => activated(choice(node, 'activation', 'none'), this.#linear(path, x)));
      case 'activation':
        return each((x) => activated(choice(node, 'activation', 'tanh'), x));
      case 'dropout':
        return each((x) => x);
      case 'layer-norm':
        return each((x) => this.#normalised(path, x));
      case 'concat':
        return each((_, t) => joined(inputs.map((value) => value.steps[t] ?? EMPTY)));
      case 'add':
        return each((x, t) => inputs.slice(1).reduce((total, value) => sum(total, value.steps[t] ?? x), x));
      case 'last-step':
        return vector(input.steps[input.steps.length - 1] ?? EMPTY);
      case 'pool':
        return vector(this.#pool(node, path)(input.steps));
      case 'repeat':
        return sequence(Array.from({ length: steps }, () => input.steps[0] ?? EMPTY));
      case 'softmax-head':
        return each((x) => softmax(this.#linear(path, x)));
      case 'sigmoid-head':
        return each((x) => shares(this.#linear(path, x).map(sigmoid), this.#plan.sizes.classes));
      case 'regression-head':
        return each((x) => this.#linear(path, x));
      default:
        throw new Error(`unroll-runtime does not know the kind ${node.kind}.`);
    }
  }

  #parameter(name: string): Float32Array {
    const values = this.#plan.parameters.get(name);
    if (values === undefined) throw new Error(`The model has no ${name}.`);
    return values;
  }

  #linear(path: string, x: Vector): Vector {
    const bias = this.#parameter(`${path}.bias`);
    return times(this.#parameter(`${path}.weight`), x, bias.length, 0, bias);
  }

  #lookUp(name: string, row: number, rows: number): Vector {
    const table = this.#parameter(name);
    const width = table.length / rows;
    return Float64Array.from(table.subarray(row * width, (row + 1) * width));
  }

  /** Mean 0 and deviation 1 over the features, then scale and shift. */
  #normalised(path: string, x: Vector): Vector {
    const [scale, shift] = [this.#parameter(`${path}.weight`), this.#parameter(`${path}.bias`)];
    const mean = totalOf(x) / x.length;
    const centred = x.map((value) => value - mean);
    const deviation = Math.sqrt(totalOf(product(centred, centred)) / x.length + 1e-5);
    return sum(
      product(
        centred.map((value) => value / deviation),
        scale,
      ),
      shift,
    );
  }

  #pool(node: PlanNode, path: string): Pool {
    const mode = choice(node, 'mode', 'mean');
    const made =
      this.#pools.get(path) ??
      (mode === 'attention' ? attentionPool(this.#parameter(`${path}.weight`), this.#parameter(`${path}.vector`)) : mode === 'max' ? maxPool() : meanPool());
    this.#pools.set(path, made);
    return made;
  }
}

function choice({ params }: PlanNode, name: string, usual: string): string {
  const value = params?.[name];
  return typeof value === 'string' ? value : usual;
}

/** What arrives from a port. A final state is one vector, h; of an LSTM it brings c along. */
function arriving({ node, port }: Source, values: ReadonlyMap<string, Value>): Value {
  const value = values.get(node);
  if (value === undefined) throw new Error(`The wire from ${node} comes from nowhere or leads in a circle.`);
  if (port === 'state') return { ...vector(endOf(value).h), state: endOf(value) };
  return value.isSequence ? { ...value, state: null } : value;
}

function sequence(steps: readonly Vector[]): Value {
  return { steps, isSequence: true, state: null };
}

function vector(x: Vector): Value {
  return { steps: [x], isSequence: false, state: null };
}

/** What has no state of its own ends in its last step. */
function endOf({ steps, state }: Value): State {
  return state ?? { h: steps[steps.length - 1] ?? EMPTY, c: null };
}

/** Two classes share one number: the probability of the second. */
function shares(x: Vector, classes: number): Vector {
  const [share = 0] = x;
  return classes === 2 && x.length === 1 ? Float64Array.of(1 - share, share) : x;
}
