import type { JsonNumber } from '../json-number.ts';
import type { ProbeLayer } from '../probes/probe-layer.ts';
import type { KeptStep } from '../weights/snapshots.ts';

/** What may be asked about one input, and the replies. */

/** An input somebody typed, or an example of the data by its place in a part, from 0. */
export type GivenInput =
  | { readonly text: string }
  /** A list of numbers for each step. */
  | { readonly sequence: readonly (readonly number[])[] }
  | { readonly vector: readonly number[] }
  | { readonly part: 'train' | 'validation' | 'test'; readonly example: number };

/** One step of an input as the model reads it, or one number of an input without steps. */
export interface ReadStep {
  readonly text: string;
  /** False for a token that the vocabulary does not have: it is read as the unknown one. */
  readonly known: boolean;
}

/** One answer: the likeliest classes, likeliest first, or the numbers in the unit of the data by column. */
export interface Answered {
  readonly ranked: readonly { readonly class: string; readonly probability: JsonNumber }[];
  readonly numbers: readonly { readonly column: string; readonly value: JsonNumber }[];
}

interface Read {
  /** Updates made when the weights were taken. */
  readonly step: number;
  /** The input as the model reads it: tokens, numbers of each step, or the columns of an input without steps. */
  readonly read: readonly ReadStep[];
}

/** What was looked at with weights that may be of the past. */
interface Looked extends Read {
  /** Steps of the run whose weights are kept, oldest first: `atStep` may name them. */
  readonly kept: readonly KeptStep[];
}

export interface LookRequest {
  readonly input: GivenInput;
  /** Updates made by then: the weights of the latest kept step that is not after it. Left out: the weights as they are now. */
  readonly atStep?: number | undefined;
}

export interface ClassifyReply extends Looked {
  /** One for each step where the model answers per step, else one. */
  readonly answers: readonly Answered[];
}

export interface ExplainRequest extends LookRequest {
  /** The class or column to explain; left out: the likeliest class, the first column. */
  readonly of?: string | undefined;
  /** The output step, from 1; left out: the last. */
  readonly at?: number | undefined;
}

export interface ExplainReply extends Looked {
  readonly answer: Answered;
  readonly of: string;
  readonly at: number;
  /** The logit of the class, or the number answered in the unit of the data. */
  readonly value: JsonNumber;
  /** Gradient times input of each of `read`: what it added to the value, to first order. */
  readonly contributions: readonly JsonNumber[];
  /** Norm of the value's gradient by each of `read`. */
  readonly norms: readonly JsonNumber[];
}

export interface TranslateReply extends Read {
  /** What was written, without what ends it. */
  readonly text: string;
  /** The class written at each step and its probability, the one that ends the answer included. */
  readonly tokens: readonly { readonly token: string; readonly probability: JsonNumber }[];
  /** False where the longest answer was reached before the model ended it. */
  readonly ended: boolean;
}

export interface ConnectivityReply extends Looked {
  /** What the model answers at each output step, and the class or column whose connections are shown. */
  readonly answers: readonly { readonly of: string; readonly probability: JsonNumber | null }[];
  /** [outputs][read]: norm of the gradient of each answer's logit (or number) by each input step. */
  readonly absolute: readonly (readonly JsonNumber[])[];
  /** The same as a share of its row. */
  readonly relative: readonly (readonly JsonNumber[])[];
}

export interface StatesReply extends Looked {
  /** In running order; values [T][H] in reading order, of the answer's steps for cells of a decoder; 4 digits. */
  readonly cells: readonly (ProbeLayer & {
    readonly units: number;
    readonly h: readonly (readonly JsonNumber[])[];
    /** An LSTM's. */
    readonly c: readonly (readonly JsonNumber[])[] | null;
    readonly gates: readonly { readonly gate: string; readonly values: readonly (readonly JsonNumber[])[] }[];
  })[];
}
