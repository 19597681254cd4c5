/**
 * The document: what the user draws and saves. Plain readonly data, exactly the JSON of a `.unroll` file.
 * Every object may carry keys this version does not know; they are kept on save.
 */

import type { Lesson } from './lesson.ts';

declare const brand: unique symbol;
export type NodeId = string & { readonly [brand]: 'NodeId' };
export type WireId = string & { readonly [brand]: 'WireId' };

export type ParamValue = string | number | boolean;

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** One block on the canvas. `kind` may be one this version does not know: it is then a placeholder that survives saving. */
export interface GraphNode {
  readonly id: NodeId;
  readonly kind: string;
  readonly label?: string | undefined;
  /** False for a node that is switched off: it has no weights and hands its input on as its output. */
  readonly enabled?: boolean | undefined;
  /** The stack or bidirectional block that holds this node. Children run in the order of `Graph.nodes`. */
  readonly parent?: NodeId | undefined;
  /** Canvas position in pixels, relative to the parent block. */
  readonly position?: Position | undefined;
  readonly params: Readonly<Record<string, ParamValue>>;
}

export interface PortRef {
  readonly node: NodeId;
  readonly port: string;
}

export interface Wire {
  readonly id: WireId;
  readonly from: PortRef;
  readonly to: PortRef;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
}

export interface SplitSpec {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly seed: number;
}

export interface DataSpec {
  /** `builtin:NAME`, or a file the user imported. */
  readonly source: string;
  readonly options: Readonly<Record<string, ParamValue>>;
  readonly split: SplitSpec;
}

/** The names and constants are PyTorch's; a constant left out has PyTorch's default. */
export type OptimizerSpec =
  | { readonly kind: 'sgd'; readonly learningRate: number; readonly momentum?: number | undefined; readonly nesterov?: boolean | undefined }
  | { readonly kind: 'adagrad'; readonly learningRate: number; readonly epsilon?: number | undefined }
  | { readonly kind: 'rmsprop'; readonly learningRate: number; readonly alpha?: number | undefined; readonly epsilon?: number | undefined }
  | ({ readonly kind: 'adam' } & AdamConstants)
  | ({ readonly kind: 'adamw'; readonly weightDecay?: number | undefined } & AdamConstants);

interface AdamConstants {
  readonly learningRate: number;
  readonly beta1?: number | undefined;
  readonly beta2?: number | undefined;
  readonly epsilon?: number | undefined;
}

/** By `norm`: the whole gradient is scaled down to that global norm. By `value`: each of its numbers is limited to that size. */
export type ClipSpec = { readonly kind: 'none' } | { readonly kind: 'norm'; readonly max: number } | { readonly kind: 'value'; readonly max: number };

/**
 * `full`: the gradient goes back through the whole sequence. `truncated`: sequences are cut into windows of `window` steps (50 where it is
 * left out), one update each; states are handed on from window to window, the gradient ends at a window's first step.
 * `reduce`: how the copies' weight gradients become one, summed, or divided by the number of copies.
 */
export interface BpttSpec {
  readonly mode: 'full' | 'truncated';
  readonly window?: number | undefined;
  readonly reduce: 'sum' | 'mean';
}

/** How the learning rate changes in the course of a run. `every` and `patience` count epochs; `final` and `factor` are shares. */
export type ScheduleSpec = { readonly warmup?: number | undefined } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
  | { readonly kind: 'cosine'; readonly final: number }
  | { readonly kind: 'plateau'; readonly factor: number; readonly patience: number }
);

/** Ends training when the validation loss has not fallen by more than `minDelta` in `patience` epochs; the best weights are put back. */
export interface EarlyStopSpec {
  readonly patience: number;
  readonly minDelta: number;
}

export interface TrainingSpec {
  readonly optimizer: OptimizerSpec;
  readonly batchSize: number;
  readonly epochs: number;
  readonly seed: number;
  readonly clip: ClipSpec;
  readonly bptt: BpttSpec;
  /** Constant where it is left out. */
  readonly schedule?: ScheduleSpec | undefined;
  readonly earlyStop?: EarlyStopSpec | null | undefined;
}

export interface Project {
  readonly format: 'unroll/project';
  readonly version: 1;
  readonly name: string;
  readonly graph: Graph;
  readonly data: DataSpec | null;
  readonly training: TrainingSpec;
  readonly lesson?: Lesson | undefined;
}
