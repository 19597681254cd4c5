import type { CheckedGraph } from '../document/checked.ts';
import type { Graph } from '../document/project.ts';
import { hasOwnSteps, type DataSignature } from '../document/signature.ts';
import { embeddedInputs } from '../ir/derivatives.ts';
import { familyOf, type UnrolledGraph } from '../ir/graph.ts';
import type { CopyPlace, OutputPlace, Program, Section } from '../ir/program.ts';
import { splitRecurrences, type Unit } from '../ir/recurrences.ts';
import { verifyGraph } from '../ir/verify.ts';
import { cellPlaces } from './cell-places.ts';
import { emitBackward } from './emit-backward.ts';
import { emitCarry } from './emit-carry.ts';
import { emitForward, emitPacks } from './emit-forward.ts';
import { emitCopies, emitProbe } from './emit-probes.ts';
import { emitMean, emitUpdate, MOMENT_SLOTS, type UpdateOptions } from './emit-update.ts';
import { expandBlocks } from './expand-blocks.ts';
import { outputWidth, placeOf, planMemory, planShared, type MemoryPlan } from './plan-memory.ts';
import { pruneDead } from './prune-dead.ts';
import { Tape } from './tape.ts';
import { unroll } from './unroll.ts';

export interface Model {
  readonly graph: Graph;
  readonly checked: CheckedGraph;
  readonly signature: DataSignature;
}

export interface CompileOptions extends UpdateOptions {
  /** B rows of a batch and T steps of its longest row. */
  readonly batch: number;
  readonly steps: number;
  /** Without it the program only answers. */
  readonly backward: boolean;
  /** With it the program can tell each copy's weight gradient apart. */
  readonly copies: boolean;
  /** How the copies' weight gradients become one: summed, or divided by their number. */
  readonly reduce: 'sum' | 'mean';
  /** Truncated BPTT: the program is a window that takes its states over from the window before and hands them on; no gradient goes that way. */
  readonly carry?: boolean | undefined;
  /** With it the backward section also gives the gradient of the embedded input: `Program.embedded`. */
  readonly inputs?: boolean | undefined;
  /** Decoders read their own answers, not the targets; left out: where there is no backward section. */
  readonly feedback?: boolean | undefined;
  /** A program without backward section that runs in the memory of training programs: it leaves their optimiser's state alone. */
  readonly besideTraining?: boolean | undefined;
}

/** Document to program, as a list of passes. The document must have passed its check (pass 2 is that check: `document/check.ts`). */
export function compile(model: Model, options: CompileOptions): Program {
  return compileWithPlan(model, options).program;
}

/** The same, with the memory plan that names what the program's addresses mean. */
export function compileWithPlan(model: Model, options: CompileOptions): { readonly program: Program; readonly plan: MemoryPlan } {
  const graph = unrolledGraph(model, options.batch, options.steps, options.feedback ?? !options.backward); //  1 expand, 2 shapes, 3 unroll
  const units = splitRecurrences(graph); //                                                5 hoist what no recurrence needs
  const hasMoments = options.backward || options.besideTraining === true;
  const shared = planShared(graph, hasMoments ? MOMENT_SLOTS[options.optimizer] : 0, options.carry === true);
  const plan = planMemory(graph, shared, options); //                                      4 derive backward, 8 plan memory
  return { program: emit(plan, units, options), plan }; //                                 6 gather, 7 fuse (cells are one op each way), 9 emit
}

/** Passes 1 to 3: blocks expanded, T copies of each op, dead ones removed. */
export function unrolledGraph(model: Model, batch: number, steps: number, feedback = false): UnrolledGraph {
  const layers = expandBlocks(model.graph, model.checked);
  const graph = pruneDead(
    unroll(layers, model.checked.parameters, { batch, steps, feedback, ends: endSizes(model.signature), ownSteps: hasOwnSteps(model.signature.output) }),
  );
  verifyGraph(graph);
  return graph;
}

function endSizes({ input, output }: DataSignature): { readonly input: number; readonly output: number } {
  return {
    input: input.kind === 'tokens' ? input.vocabulary.length : input.width,
    output: output.kind === 'classes' ? output.classes.length : output.width,
  };
}

const NOTHING: Section = { begin: 0, end: 0 };

function emit(plan: MemoryPlan, units: readonly Unit[], options: CompileOptions): Program {
  const tape = new Tape();
  let end = plan.end;
  let copyPlaces: readonly CopyPlace[] = [];
  const packs = tape.section(() => emitPacks(tape, plan));
  const layers = tape.section(() => emitForward(tape, plan, units));
  const backward = options.backward ? tape.section(() => emitGradients(tape, plan, options)) : NOTHING;
  const update = options.backward ? tape.section(() => emitUpdate(tape, plan, options)) : NOTHING;
  const probe = options.backward ? tape.section(() => emitProbe(tape, plan)) : NOTHING;
  const copies = options.copies
    ? tape.section(() => {
        copyPlaces = emitCopies(tape, plan, (count) => {
          const at = end;
          end += Math.ceil(count / 16) * 16;
          return at;
        });
      })
    : NOTHING;
  const carry = options.carry === true ? tape.section(() => emitCarry(tape, plan)) : NOTHING;
  const words = tape.finish();
  return {
    ...describe(plan),
    copies: copyPlaces,
    tape: words,
    tapeAt: end,
    packed: layers.begin,
    sections: { forward: { begin: packs.begin, end: layers.end }, backward, update, probe, copies, carry },
    size: end + words.length,
  };
}

function emitGradients(tape: Tape, plan: MemoryPlan, { reduce }: CompileOptions): void {
  emitBackward(tape, plan, splitRecurrences(plan.graph, 'backward'));
  if (reduce === 'mean') emitMean(tape, plan);
}

type Described = Omit<Program, 'copies' | 'tape' | 'tapeAt' | 'packed' | 'sections' | 'size'>;

/** Where the host finds and puts what it must: inputs, targets, outputs, cells. */
function describe(plan: MemoryPlan): Described {
  const { graph, shared, lengths, targetLengths, lossWeights, lossRows } = plan;
  const input = graph.families.find((family) => family.op.op === 'tokens' || family.op.op === 'features');
  if (input === undefined) throw new Error('a graph without an input passed the check');
  return {
    batch: graph.batch,
    steps: graph.steps,
    shared,
    input: { kind: input.op.op === 'tokens' ? 'tokens' : 'features', width: input.width, at: placeOf(plan, input.id).value },
    lengths,
    targetLengths,
    lossWeights,
    lossRows,
    output: outputPlace(plan),
    headLayer: familyOf(graph, graph.loss).layer,
    cells: cellPlaces(plan),
    logits: logitPlace(plan),
    embedded: embeddedPlaces(plan),
  };
}

function logitPlace(plan: MemoryPlan): Program['logits'] {
  const { op } = familyOf(plan.graph, plan.graph.loss);
  if (!('x' in op)) throw new Error(`${op.op} is no loss`);
  const { value, adjoint } = placeOf(plan, op.x);
  return adjoint === 0 || adjoint === value ? null : { value, gradient: adjoint, width: familyOf(plan.graph, op.x).width };
}

function embeddedPlaces(plan: MemoryPlan): Program['embedded'] {
  return embeddedInputs(plan.graph).flatMap(({ id, node, width, steps }) => {
    const { value, adjoint } = placeOf(plan, id);
    return adjoint === 0 ? [] : [{ node, width, steps, value, gradient: adjoint }];
  });
}

function outputPlace(plan: MemoryPlan): OutputPlace {
  const loss = familyOf(plan.graph, plan.graph.loss);
  const kind = loss.op.op === 'softmax-loss' || loss.op.op === 'sigmoid-loss' ? 'classes' : 'numbers';
  return { kind, width: outputWidth(plan.graph), rows: loss.steps * plan.graph.batch, targets: plan.targets, values: plan.outputs };
}
