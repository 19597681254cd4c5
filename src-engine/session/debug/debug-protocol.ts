import type { Answered, GivenInput, ReadStep } from '../answers/explanations.ts';
import type { JsonNumber } from '../json-number.ts';
import type { ProbeLayer } from '../probes/probe-layer.ts';

/**
 * The BPTT debugger: one example, forward, backward and the update it would make, with the weights of the moment it was asked for. All of it happens
 * on copies. `debug` measures the whole example and keeps it; `debugNode` and `debugCopy` look into what the last `debug` kept, by its `id`, however
 * training went on meanwhile. Steps count from 1; arrays over steps are [T] in reading order, 'NaN' where a cell does not have the step.
 */
export interface DebugRequest {
  /** An example of the data brings its target; a typed input has the next token as its target, or the model's own answer (`DebugReply.targetsFrom`). */
  readonly input: GivenInput;
  /** The loss step whose gradient `flow` follows; left out: the last that has a loss. Only the last, or all, where the model has one loss for the sequence. */
  readonly flow?: 'last' | 'all' | number | undefined;
}

export interface DebugReply {
  /** Of this look at the example: what `debugNode` and `debugCopy` ask by. */
  readonly id: number;
  /** Updates made when the weights were taken. */
  readonly step: number;
  /** T: the longer of both lengths. At most 400: a longer example is refused, or with truncated BPTT cut after as many windows as fit. */
  readonly steps: number;
  /** Steps of the example before it was cut. */
  readonly wholeSteps: number;
  /** Steps of the input and of the target; they differ where the target has steps of its own (a translation). What is past its end is masked. */
  readonly inputSteps: number;
  readonly targetSteps: number;
  /** The input as the model reads it, [inputSteps] (the numbers of an input without steps, by column). */
  readonly read: readonly ReadStep[];
  readonly targetsFrom: 'data' | 'text' | 'answers';
  /** The mean over all steps that count, whatever windows they are in. */
  readonly loss: JsonNumber;
  /** One for each output step; a single one, with t null, where the model answers once. */
  readonly outputs: readonly DebugOutput[];
  /** What becomes of the copies' gradients (`training.bptt.reduce`). */
  readonly reduce: 'sum' | 'mean';
  /** Where the example is cut by truncated BPTT: no gradient crosses from one to the next, and each makes an update of its own. One window without truncation. */
  readonly windows: readonly DebugWindow[];
  /** In running order, as the rows of a probe frame. */
  readonly cells: readonly DebugCell[];
  /** Trainable parameters in running order. */
  readonly parameters: readonly DebugParameter[];
}

export interface DebugOutput {
  readonly t: number | null;
  /** As a person reads it; null where this step has no target. */
  readonly target: string | null;
  /** What a decoder reads at this step is the wanted answer of the step before, as in training. */
  readonly answer: Answered;
  /** Loss of this step alone; null where it has no target. */
  readonly loss: JsonNumber | null;
  /** Its part in the loss of its window: 1 / number of steps that count; 0 where it does not count. */
  readonly weight: number;
}

export interface DebugWindow {
  /** First and last step. */
  readonly from: number;
  readonly to: number;
  /** Has a loss and so makes an update; the others only hand their states on. */
  readonly counts: boolean;
  readonly loss: JsonNumber;
  /** Global gradient norm before and after clipping. */
  readonly norm: JsonNumber;
  readonly clippedNorm: JsonNumber;
  /** What clipping by norm multiplies the gradient by; 1 where nothing is clipped. */
  readonly clipFactor: JsonNumber;
  /** Numbers of the gradient that clipping by value cut off. */
  readonly clippedNumbers: number;
  /** Of the next update, as the schedule has it. */
  readonly learningRate: number;
  /** False where loss or gradient are not finite: training would stop here, and the update is not made. */
  readonly finite: boolean;
}

type Numbers = readonly JsonNumber[];

export interface DebugCell extends ProbeLayer {
  /** As errors name it, with the direction inside a bidirectional block: `lstm1`, `lstm1.backward`. A copy is `lstm1.backward:t17` (`document/copy-name.ts`). */
  readonly path: string;
  readonly units: number;
  /** Whose steps it counts: of the input, or (decoders, what follows a repeat) of the target. It is masked from step `length + 1` on. */
  readonly axis: 'inputs' | 'targets';
  readonly length: number;
  /** L2 norms; c is an LSTM's. */
  readonly h: Numbers;
  readonly c: Numbers | null;
  /** Mean of each gate over the units, and shares of units below 0.05 (shut) and above 0.95 (open). An RNN has none. */
  readonly gates: readonly { readonly gate: string; readonly mean: Numbers; readonly shut: Numbers; readonly open: Numbers }[];
  /** L2 norm of dL/dh_t, the total derivative. */
  readonly gradient: Numbers;
  /** The same with the chosen step's loss only. */
  readonly flow: Numbers;
  /** Spectral norm of dh_t/dh_(t-1), at the place of h_t; of the step the cell ran before: a backward cell's dh_t/dh_(t+1). */
  readonly jacobian: Numbers;
}

export interface DebugParameter {
  readonly parameter: string;
  readonly node: string;
  readonly shape: readonly number[];
  /** Its copies run from the last step to the first: then the gradient travels from the first step to the last. */
  readonly backward: boolean;
  /** L2 norm of each copy's part of the gradient, before the parts are summed or averaged, [T]. Null for a parameter used once (a head on the last step). */
  readonly norms: Numbers | null;
  /**
   * L2 norm of the sum so far, as the gradient travels: at t the sum of the copies T, T-1, .., t; of a backward cell's 1, 2, .., t. Begins anew in each window.
   * Null where `norms` is.
   */
  readonly running: Numbers | null;
  /** One for each of `DebugReply.windows`. */
  readonly windows: readonly DebugUpdate[];
  /** The numbers themselves, row by row, of a parameter with at most 64 where they fit into the reply; others through `debugCopy`. */
  readonly values: DebugValues | null;
}

/** L2 norms of what becomes of one parameter in one window. */
export interface DebugUpdate {
  /** What the mean divides by: masked copies count. 1 for a parameter used once. */
  readonly copies: number;
  /** All copies added up, and that over their number. */
  readonly sum: JsonNumber;
  readonly mean: JsonNumber;
  /** What the optimiser is given: sum or mean, clipped. */
  readonly given: JsonNumber;
  /** The weights before, and what the optimiser would change them by. */
  readonly weight: JsonNumber;
  readonly update: JsonNumber;
}

/** 8 digits. */
export interface DebugValues {
  /** Each copy's part and the sum so far, [T][numbers]; a masked step's are zeros. Null where `DebugParameter.norms` is. */
  readonly copies: readonly Numbers[] | null;
  readonly running: readonly Numbers[] | null;
  /** The weights as they are. */
  readonly before: Numbers;
  /** One for each window. `after` = `before` + `update`. */
  readonly windows: readonly { readonly sum: Numbers; readonly mean: Numbers; readonly given: Numbers; readonly update: Numbers; readonly after: Numbers }[];
}

export interface DebugNodeRequest {
  readonly id: number;
  readonly layer: string;
  readonly direction: 'forward' | 'backward';
  readonly t: number;
}

/** One copy of a cell. Vectors are [units]. */
export interface DebugNodeReply {
  /** `lstm1:t17`. */
  readonly name: string;
  readonly h: Numbers;
  /** The state it started from: of the step the cell ran before, or what it begins with. */
  readonly before: Numbers;
  readonly c: Numbers | null;
  readonly cellBefore: Numbers | null;
  /** Activated, in the weights' order; `candidate` among them, which is no gate. Empty for an RNN. */
  readonly gates: readonly { readonly gate: string; readonly isGate: boolean; readonly values: Numbers }[];
  /** What an RNN's activation was taken of; null for cells with gates. */
  readonly pre: Numbers | null;
  /** dL/dh_t and (LSTM) dL/dc_t, total derivatives; a number of the latter is 'NaN' where all its gates stand still. */
  readonly dh: Numbers;
  readonly dc: Numbers | null;
  /** dh_t/dh_(t-1): spectral norm, and with at most 16 units the matrix, row j the derivatives of h_t[j]. */
  readonly jacobian: { readonly norm: JsonNumber; readonly matrix: readonly Numbers[] | null };
  /** This copy's part of the gradient of each of the cell's parameters. */
  readonly gradients: readonly DebugGradient[];
}

export interface DebugGradient {
  readonly parameter: string;
  readonly shape: readonly number[];
  readonly norm: JsonNumber;
  /** Row by row, where there are at most 1,000. */
  readonly values: Numbers | null;
  /** The largest in size of more than those, largest first; places count from 0. */
  readonly largest: readonly { readonly place: readonly number[]; readonly value: JsonNumber }[] | null;
}

export interface DebugCopyRequest {
  readonly id: number;
  readonly parameter: string;
  /** Of a parameter used once any step of its window. */
  readonly t: number;
}

export interface DebugCopyReply {
  /** `lstm1.weight_hh:t17`; without the step for a parameter used once. */
  readonly name: string;
  readonly copy: DebugGradient;
  /** The sum so far, as in `DebugParameter.running`. */
  readonly running: DebugGradient;
}
