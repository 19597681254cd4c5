import { integer, subgraph } from './attributes.ts';
import { valueInfo, type GraphBuilder, type TensorName } from './graph-builder.ts';
import { DATA_TYPE, type ValueInfoProto } from './onnx-schema.ts';

interface Carried {
  readonly name: string;
  readonly type: number;
  readonly first: TensorName;
  readonly before: TensorName;
  after: TensorName;
}

/** ONNX's Loop around a decoder and what leads from it to the head: one step at a time, each reading the class answered before. */
export class DecoderLoop {
  readonly body: GraphBuilder;
  /** What the decoder reads, int64 [1,B]: 1 + the class answered one step before, 0 at the first step. */
  readonly previous: TensorName;
  private readonly outer: GraphBuilder;
  private readonly steps: TensorName;
  private readonly iteration: TensorName;
  private readonly carried: Carried[] = [];
  private readonly answered: (next: TensorName) => void;

  /** `steps` is an int64 scalar; `start` int64 [1,B] of zeros. */
  constructor(outer: GraphBuilder, steps: TensorName, start: TensorName) {
    this.outer = outer;
    this.steps = steps;
    this.body = outer.inner();
    this.iteration = this.body.name('step');
    const { before, after } = this.carry('previous', DATA_TYPE.int64, start);
    this.previous = before;
    this.answered = after;
  }

  /** A tensor handed on from step to step, with its first value. */
  carry(name: string, type: number, first: TensorName): { readonly before: TensorName; readonly after: (next: TensorName) => void } {
    const entry: Carried = { name, type, first, before: this.body.name(`${name}.before`), after: '' };
    this.carried.push(entry);
    return {
      before: entry.before,
      after: (next) => {
        entry.after = next;
      },
    };
  }

  /** This step of a sequence [T,B,F] from outside, as [1,B,F]. */
  stepOf(sequence: TensorName): TensorName {
    return this.body.unsqueeze(this.body.op('Gather', [sequence, this.iteration], [integer('axis', 0)]), 0);
  }

  /** Ends the body with its answers [1,B,O]; gives those of all steps, [T,B,O]. */
  finish(answers: TensorName, width: number): TensorName {
    const { body } = this;
    const best = body.op('ArgMax', [answers], [integer('axis', -1), integer('keepdims', 0)]);
    this.answered(body.op('Add', [best, body.integers('one', [1], [])]));
    const row = body.squeeze(answers, 0);
    const more = body.name('more');
    const goesOn = body.op('Identity', [more]);
    const sizes = ({ type, name }: Carried): readonly string[] => (type === DATA_TYPE.int64 ? ['one', 'batch'] : ['one', 'batch', `units of ${name}`]);
    const inputs: ValueInfoProto[] = [
      valueInfo(this.iteration, DATA_TYPE.int64, []),
      valueInfo(more, DATA_TYPE.bool, []),
      ...this.carried.map((each) => valueInfo(each.before, each.type, sizes(each))),
    ];
    const outputs: ValueInfoProto[] = [
      valueInfo(goesOn, DATA_TYPE.bool, []),
      ...this.carried.map((each) => valueInfo(each.after, each.type, sizes(each))),
      valueInfo(row, DATA_TYPE.float, ['batch', width]),
    ];
    const graph = body.graph('one step', inputs, outputs);
    const wanted = [...this.carried.map(() => 'last'), 'answers'];
    const results = this.outer.ops(
      'Loop',
      [this.steps, this.outer.truth('always', true), ...this.carried.map(({ first }) => first)],
      [subgraph('body', graph)],
      wanted,
    );
    const all = results.at(-1);
    if (all === undefined) throw new Error('a loop without outputs');
    return all;
  }
}
