import type { Activation, Axis } from './graph.ts';

/**
 * A program: what compile makes of a graph for one batch size B and one number of steps T. Offsets are in floats (4 bytes) from the
 * start of the one linear memory; `PARAMETERS` first, so that programs for other B and T share them.
 */
export type FloatOffset = number;

export interface Section {
  /** Tape words, [begin, end). */
  readonly begin: number;
  readonly end: number;
}

export interface ProgramParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  readonly at: FloatOffset;
  readonly size: number;
  /** Null for frozen parameters. */
  readonly gradient: FloatOffset | null;
}

/** The part of memory that all programs of one model share. */
export interface SharedLayout {
  readonly settings: FloatOffset;
  /** Trainable parameters first, in running order, then the frozen ones. */
  readonly parameters: readonly ProgramParameter[];
  /** [trainable] contiguous: the update is one instruction. */
  readonly trainable: { readonly at: FloatOffset; readonly size: number };
  readonly gradients: FloatOffset;
  /** Optimiser state, [slots, trainable]; Adam: first and second moment. */
  readonly moments: FloatOffset;
  readonly momentSlots: number;
  /** States that windows of a sequence hand on: [B,H] of each cell's h, and an LSTM's c; empty where sequences are not cut into windows. */
  readonly carried: { readonly at: FloatOffset; readonly size: number };
  /** First float of the part that belongs to one program. */
  readonly end: FloatOffset;
}

/** What makes a cell's step. */
export type CellForm =
  | { readonly kind: 'rnn'; readonly activation: Activation }
  | { readonly kind: 'gru-before' }
  /** `recurrent`: U h + b of the state one step back, [T,B,3H] (its gradient after a backward section). */
  | { readonly kind: 'gru-after'; readonly recurrent: FloatOffset }
  /** `c` [T,B,H]; `initialCell` c before the first step, [B,H], null: zeros; `outputPeephole` names w_co [H]. */
  | {
      readonly kind: 'lstm';
      readonly c: FloatOffset;
      readonly initialCell: FloatOffset | null;
      readonly outputPeephole: string | null;
      readonly coupled: boolean;
    };

/** Hidden state of one cell, over all steps. Offsets of [T,B,H] arrays. */
export interface CellPlace {
  readonly layer: string;
  readonly node: string;
  readonly backward: boolean;
  readonly axis: Axis;
  readonly units: number;
  readonly h: FloatOffset;
  /** dL/dh; null in a program without backward section. */
  readonly dh: FloatOffset | null;
  /** L2 norms of dL/dh, [T,B]. */
  readonly norms: FloatOffset | null;
  readonly form: CellForm;
  /** After a forward section the activated gates, [T,B,G*H], G of the weight's blocks (an rnn has none: its pre-activations); after a backward one their gradient. */
  readonly gates: FloatOffset;
  /** h before the first step, [B,H]; null: zeros. */
  readonly initial: FloatOffset | null;
  /** Name of weight_hh, [G*H,H]. */
  readonly recurrentWeight: string;
}

/** One parameter's gradient, copy by copy: L2 norm of step t's part, made by the `copies` section. */
export interface CopyPlace {
  readonly parameter: string;
  /** [steps] norms; several places of one parameter (gate blocks) add as squares. */
  readonly norms: FloatOffset;
  readonly steps: number;
  /** True where the layer reads its sequence from the end: copy t belongs to step length-1-t of each row. */
  readonly backward: boolean;
  /** Whose steps the layer counts. */
  readonly axis: Axis;
  /** The copies' gradients themselves, one by one, in running order; a copy that has none (a state of zeros before the first step) is left out. */
  readonly parts: readonly CopyPart[];
}

/** One copy's part of a parameter's gradient: numbers to be read at `at` once `section` has run, until the next one runs. */
export interface CopyPart {
  /** Running step, from 0. */
  readonly t: number;
  readonly section: Section;
  readonly at: FloatOffset;
  /** `begin`: the first of `size` consecutive numbers of the parameter. `ids`: int32 [B], the parameter's row for each of B rows of `width` numbers; none where it is -1. */
  readonly place: { readonly begin: number; readonly size: number } | { readonly ids: FloatOffset; readonly rows: number; readonly width: number };
}

export type OutputPlace =
  | { readonly kind: 'classes'; readonly width: number; readonly rows: number; readonly targets: FloatOffset /* int32 [rows] */; readonly values: FloatOffset }
  | { readonly kind: 'numbers'; readonly width: number; readonly rows: number; readonly targets: FloatOffset /* [rows,width] */; readonly values: FloatOffset };

export interface Program {
  readonly batch: number;
  readonly steps: number;
  readonly shared: SharedLayout;
  /** int32 ids [T,B] or features [T,B,F]. */
  readonly input: { readonly kind: 'tokens' | 'features'; readonly width: number; readonly at: FloatOffset };
  /** int32 [B]. */
  readonly lengths: FloatOffset;
  /** int32 [B]: steps of each row's targets; the same place as `lengths` where they have no steps of their own. */
  readonly targetLengths: FloatOffset;
  /** Weight of each output row in the loss, [rows]. */
  readonly lossWeights: FloatOffset;
  /** Loss of each output row, weighted, [rows]. */
  readonly lossRows: FloatOffset;
  /** Softmax probabilities or linear outputs, [rows,width]; rows = T*B (per step) or B. */
  readonly output: OutputPlace;
  /** Path of the head, for messages. */
  readonly headLayer: string;
  readonly cells: readonly CellPlace[];
  /** What the loss reads, [rows,width] (width 1 where one sigmoid answers for two classes), and its gradient, made by the forward section, read by the backward one. Null without that. */
  readonly logits: { readonly value: FloatOffset; readonly gradient: FloatOffset; readonly width: number } | null;
  /** What the input became before the first layer, [T,B,width], steps 1 for a vector, and its gradient: of the whole input where compiled with `inputs`. */
  readonly embedded: readonly {
    readonly node: string;
    readonly width: number;
    readonly steps: number;
    readonly value: FloatOffset;
    readonly gradient: FloatOffset;
  }[];
  readonly copies: readonly CopyPlace[];
  readonly tape: Int32Array;
  /** Where the tape itself is put. */
  readonly tapeAt: FloatOffset;
  /** Where the forward section may begin when it is run again with the same weights: behind their packing. */
  readonly packed: number;
  readonly sections: {
    readonly forward: Section;
    readonly backward: Section;
    readonly update: Section;
    readonly probe: Section;
    /** Norms of the copies' weight gradients, from what the backward section left behind; on demand, never part of a training step. */
    readonly copies: Section;
    /** Hands the last step's states on to the next window; after the backward section, which still reads those that came in. */
    readonly carry: Section;
  };
  /** Floats of memory the program needs in all, from 0. */
  readonly size: number;
}
