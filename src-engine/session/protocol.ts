import type { ImportReply, ImportRequest } from './answers/answer-import.ts';
import type { ForecastReply, ForecastRequest } from './answers/answer-forecast.ts';
import type { MeasuredBaseline, Metric } from '../data/dataset.ts';
import type { DataPreview } from '../data/preview.ts';
import type { ExportFormat } from '../document/export-formats.ts';
import type { RankedText } from '../document/language.ts';
import type { Problem } from '../document/problems.ts';
import type { DataSignature } from '../document/signature.ts';
import type { Score } from '../train/score.ts';
import type { DataDescription, DescribeRequest, Loading } from './answers/data-description.ts';
import type { DebugCopyReply, DebugCopyRequest, DebugNodeReply, DebugNodeRequest, DebugReply, DebugRequest } from './debug/debug-protocol.ts';
import type {
  ClassifyReply,
  ConnectivityReply,
  ExplainReply,
  ExplainRequest,
  GivenInput,
  LookRequest,
  StatesReply,
  TranslateReply,
} from './answers/explanations.ts';
import type { JsonNumber } from './json-number.ts';
import type { ProbeLayer } from './probes/probe-layer.ts';
import type { ProbeRate } from './probes/probe-pace.ts';
import type { MemoryProgress, MemoryReply, MemoryRequest } from './memory-protocol.ts';

/** An export that agrees with the model. */
export interface ExportReply {
  readonly bytes: Uint8Array;
  /** Between its answers and the model's, relative for numbers beyond 1. */
  readonly largestDifference: number;
  readonly examples: number;
  /** What ran it; null where nothing here can: it was read back only. */
  readonly ranBy: string | null;
}

export type { ColumnDescription, DataDescription, DescribeRequest, Loading } from './answers/data-description.ts';

/**
 * What goes between a host and the worker thread that trains. Requests have an id and exactly one reply; events come unasked.
 * The map is the one list of what a session can do; `session/worker.ts` serves it, `src-main/host/engine-thread.ts` calls it.
 */
export interface SessionRequests {
  /**
   * Parse, check, load data, compile, initialise. Replaces whatever was open. `project` is the document's JSON value, `folder` the absolute path
   * of its file's folder, from which relative paths of imported data start; null or left out where it has none.
   */
  // `keep`: parameters of equal name and shape take over the values of the run that was open; see `keep-weights.ts`.
  // `weights`: a safetensors file by the parameters' names; where name and shape are the same they are taken, before any that are kept.
  open: {
    request: {
      project: unknown;
      seed?: number | undefined;
      threads?: number | undefined;
      folder?: string | null | undefined;
      keep?: boolean | undefined;
      weights?: Uint8Array | undefined;
    };
    reply: OpenReply;
  };
  /** What the data of a project holds, whatever its graph; what is opened stays as it is. `data` and `signature` are null exactly where there are problems. */
  previewData: {
    request: { project: unknown; folder?: string | null | undefined };
    reply: { data: DataSummary | null; signature: DataSignature | null; problems: readonly Problem[] };
  };
  /** Looks at files that the user wants to import; what is opened stays as it is. */
  describeFile: { request: DescribeRequest; reply: DataDescription };
  /** Ends the reading of imported data that is under way, in `open` or `describeFile`, which then answer U036. Answered at once, before they are. */
  cancelLoading: { request: Record<never, never>; reply: { cancelled: boolean } };
  /** Trains to the project's last epoch; with `steps` or `seconds` (of training, from the run's begin) to that instead. After the end: as long again. */
  start: { request: { steps?: number | undefined; seconds?: number | undefined }; reply: StatusReply };
  pause: { request: Record<never, never>; reply: StatusReply };
  /** One update, then paused. */
  step: { request: Record<never, never>; reply: StatusReply };
  /** Ends the run: the test score is taken and `done` is sent. */
  stop: { request: Record<never, never>; reply: StatusReply };
  /** Back to the initial weights of the seed. */
  reset: { request: Record<never, never>; reply: StatusReply };
  setLearningRate: { request: { value: number }; reply: StatusReply };
  /** A probe frame at most this often, for this run and those after it (150 where nothing is chosen); a twentieth of the time stays the limit. */
  setProbeEvery: { request: { milliseconds: number }; reply: StatusReply };
  /** The trained model as the text of a `.model.json`. */
  exportModel: { request: { arrays: boolean }; reply: { text: string; largestDifference: number; examples: number } };
  /** The trained model for another program; a PyTorch project as a zip archive of a folder of this name. Takes seconds: it is read back and run. */
  exportFile: { request: { format: ExportFormat; arrays: boolean; name: string }; reply: ExportReply };
  /** A model from elsewhere as a document with weights; what is opened stays as it is. `folder` as in `open`, of the document `into`. */
  importModel: { request: ImportRequest & { folder?: string | null | undefined }; reply: ImportReply };
  /** The whole state of the run after `step` updates, as a checkpoint file; after a stop at a number that is not finite the last finite one. */
  checkpoint: { request: Record<never, never>; reply: { bytes: Uint8Array; step: number } };
  /** Goes on from a checkpoint of the opened project, paused there; the run that was open is replaced. */
  resume: { request: { checkpoint: Uint8Array }; reply: StatusReply };
  /** What is measured only when somebody asks, on the examples of every probe with the weights as they are now; may take seconds. */
  probes: { request: { jacobian: boolean; triangle: boolean; copies?: boolean | undefined }; reply: ProbesReply };
  /** How a node's parameters are spread, as they are now. */
  weights: { request: { node: string }; reply: WeightsReply };
  /** A document's model as PyTorch code, with the sizes that the open data says. `project` is the document's JSON value. */
  modelCode: { request: { project: unknown }; reply: { text: string } };
  /** A text written by a model of characters or words, with the weights as they are now; training goes on meanwhile. */
  sample: { request: SampleRequest; reply: SampleReply };
  /** What comes after a typed beginning, or belongs in the blank of a typed text, the likeliest first. */
  rankNext: { request: RankRequest; reply: RankReply };
  /** What the model answers to one input, with the weights as they are now, as do the five below, or where `atStep` is given as they were; training reads nothing of it. */
  classify: { request: LookRequest; reply: ClassifyReply };
  /** What each step of the input did to one answer: gradient times input. */
  explain: { request: ExplainRequest; reply: ExplainReply };
  /** How strongly each answer hangs on each step of the input. */
  connectivity: { request: LookRequest; reply: ConnectivityReply };
  /** What a model with a decoder writes to the input. */
  translate: { request: { input: GivenInput }; reply: TranslateReply };
  /** The steps after a window of a series, each answer read to give the next. */
  forecast: { request: ForecastRequest; reply: ForecastReply };
  /** Hidden states, cell states and gates over the input. */
  states: { request: LookRequest; reply: StatesReply };
  /** One example through time and back, and the update it would make (`debug-protocol.ts`); takes pieces of 25 ms, and changes nothing that training reads. */
  debug: { request: DebugRequest; reply: DebugReply };
  /** One copy of a cell, or of a parameter, of the example that was debugged last. */
  debugNode: { request: DebugNodeRequest; reply: DebugNodeReply };
  debugCopy: { request: DebugCopyRequest; reply: DebugCopyReply };
  /** How long a cell remembers; takes seconds, tells `memory` events, and leaves what is open as it is. One asked for before is cancelled. */
  measureMemory: { request: MemoryRequest; reply: MemoryReply };
  /** Ends it: it is then answered with what was measured so far. */
  cancelMemory: { request: Record<never, never>; reply: { readonly cancelled: boolean } };
  status: { request: Record<never, never>; reply: StatusReply };
}

export type { DebugCopyReply, DebugNodeReply, DebugReply } from './debug/debug-protocol.ts';
export type { ForecastReply, ForecastRequest } from './answers/answer-forecast.ts';
export type { ClassifyReply, ConnectivityReply, ExplainReply, StatesReply, TranslateReply } from './answers/explanations.ts';
export type { JsonNumber } from './json-number.ts';
export type { MemoryPoint, MemoryProgress, MemoryReply } from './memory-protocol.ts';
export type { ProbeLayer } from './probes/probe-layer.ts';

export type SessionRequestName = keyof SessionRequests;

export type RunState = 'idle' | 'ready' | 'running' | 'paused' | 'done' | 'failed';

export interface StatusReply {
  readonly state: RunState;
  readonly step: number;
  readonly epoch: number;
  readonly totalSteps: number;
  /** Where the schedule starts from. */
  readonly learningRate: number;
}

export interface OpenReply extends StatusReply {
  readonly problems: readonly Problem[];
  /** What the data says of itself; null where the project has problems. */
  readonly data: DataSummary | null;
  /** The sizes that come from the data, for the window's own check; null exactly where `data` is. */
  readonly signature: DataSignature | null;
  readonly parameters: number;
  /** Rows of every probe frame, in order. */
  readonly probeLayers: readonly ProbeLayer[];
  /** T of the longest sequence. */
  readonly steps: number;
  /** Bytes that training will take, and that a run may take here; left out where nothing could be opened. */
  readonly memory?: { readonly bytes: number; readonly limit: number };
  /** Which weights were kept; null where the request did not ask for that. */
  readonly kept: KeptWeights | null;
}

/** Which parameters of a project that was opened anew have the values of the run before, and which start from the seed, by name. */
export interface KeptWeights {
  readonly kept: readonly string[];
  readonly fresh: readonly string[];
}

/** How the numbers of one parameter are spread, now. */
export interface WeightHistogram {
  readonly parameter: string;
  readonly shape: readonly number[];
  /** The largest absolute value: the bins are equally wide from `-limit` to `limit`. 0 where every number is 0. */
  readonly limit: number;
  /** Numbers in each bin. */
  readonly counts: readonly number[];
  /** Of the finite numbers; 0 where there are none. */
  readonly mean: number;
  readonly deviation: number;
  /** Numbers that are NaN or infinite; in no bin. */
  readonly nonFinite: number;
}

export interface WeightsReply {
  /** Updates made so far. */
  readonly step: number;
  /** The parameters the node owns, every copy by itself; those of its children for a block. */
  readonly parameters: readonly WeightHistogram[];
}

export interface DataSummary {
  readonly source: string;
  readonly title: string;
  readonly generated: boolean;
  readonly unit: 'word' | 'character' | 'number';
  readonly vocabulary: number;
  readonly longest: number;
  readonly classes: readonly string[];
  readonly counts: { readonly train: number; readonly validation: number; readonly test: number };
  readonly baseline: { readonly name: string; readonly metric: Metric; readonly score: number };
  /** All of them, `baseline` first. */
  readonly baselines: readonly MeasuredBaseline[];
  /** A few rows as a person reads them, with their target. */
  readonly samples: readonly { readonly text: string; readonly target: string }[];
  /** Lengths, classes, curves and tokens, bounded in size. */
  readonly preview: DataPreview;
}

export interface SampleRequest {
  /** What the text goes on from; may be empty. */
  readonly prompt: string;
  /** Characters or words to write. */
  readonly length: number;
  /** 0: the likeliest each time. */
  readonly temperature: number;
  /** Only the likeliest so many are drawn from; null: all. */
  readonly topK: number | null;
  readonly seed: number;
}

export interface SampleReply {
  /** Updates made when the weights were taken. */
  readonly step: number;
  /** What was written, without the prompt; begins with a space where one belongs. */
  readonly text: string;
  /** Words of the prompt that the model does not know, and read as unknown. */
  readonly unknown: readonly string[];
  /** Steps of the model, one row at a time, in a second. */
  readonly stepsPerSecond: number;
}

export interface RankRequest {
  /** A beginning; for a cloze model a text with a blank `___`. */
  readonly text: string;
  readonly count: number;
}

export interface RankReply extends RankedText {
  readonly step: number;
  readonly kind: 'next' | 'cloze';
  readonly unit: 'character' | 'word';
}

type Numbers = readonly JsonNumber[];

/**
 * The probes that no frame carries. Arrays over steps are [T] in reading order, means over the rows that have the step, 'NaN' where none has.
 * Definitions: `analyze/cell-statistics.ts`, `train/flow-triangle.ts`, `train/update-measure.ts`.
 */
export interface ProbesReply {
  /** Updates made so far. */
  readonly step: number;
  readonly rows: number;
  readonly steps: number;
  readonly cells: readonly (ProbeLayer & {
    readonly units: number;
    /** Mean of each gate, and shares of its units below 0.05 (shut) and above 0.95 (open). */
    readonly gates: readonly { readonly gate: string; readonly mean: Numbers; readonly shut: Numbers; readonly open: Numbers }[];
    /** L2 norms; c is an LSTM's. */
    readonly stateNorms: { readonly h: Numbers; readonly c: Numbers | null };
    /** Spectral norm of dh_t/dh_(t-1), over `rows` rows; null where it was not asked for. */
    readonly jacobian: { readonly rows: number; readonly values: Numbers } | null;
  })[];
  /** Spectral radius of each [H,H] block of every weight_hh. */
  readonly recurrent: readonly { readonly parameter: string; readonly block: string; readonly radius: JsonNumber }[];
  /** The update after the last probe frame, its number from 1; null before there was one. */
  readonly update: {
    readonly step: number;
    readonly norm: JsonNumber;
    readonly clippedNorm: JsonNumber;
    readonly ratios: readonly { readonly parameter: string; readonly ratio: JsonNumber }[];
  } | null;
  /** L2 norm of each copy's part of a parameter's gradient, of the mean loss of the rows, before summing; null where it was not asked for. */
  readonly copies: readonly { readonly parameter: string; readonly node: string; readonly values: Numbers }[] | null;
  /** Loss steps from 1; `flow` [loss step, T] of each cell. Null where it was not asked for, or the model has one loss per row. */
  readonly triangle: { readonly lossSteps: readonly number[]; readonly cells: readonly (ProbeLayer & { readonly flow: readonly Numbers[] })[] } | null;
}

export interface Progress {
  readonly step: number;
  readonly epoch: number;
  readonly totalSteps: number;
  readonly trainLoss: number;
  /** The one the update used, as the schedule made it. */
  readonly learningRate: number;
  /** Global gradient norm before clipping. */
  readonly gradientNorm: number;
  readonly clipped: boolean;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number | null;
  /** How often this run is probed, and what that costs; null before the second frame. */
  readonly probing: ProbeRate | null;
}

export interface Validation extends Score {
  readonly step: number;
}

export interface TestScore extends Score {
  /** Score of the data's baseline, same metric. */
  readonly baseline: number;
  /** All the data has, that one first. */
  readonly baselines: readonly MeasuredBaseline[];
}

/** Where the first non-finite number stood. `t` counts from 1, as the window and the exports do; null where it has no step. */
export interface NonFinitePlace {
  readonly layer: string;
  readonly t: number | null;
  readonly quantity: 'hidden state' | 'loss' | 'gradient' | 'parameter';
}

/**
 * One probe of one training step, as binary, little endian:
 * uint32 version = 1 or 2, uint32 step, uint32 L layers, uint32 T steps, uint32 R rows in the batch, uint32 0 (reserved);
 * float32 gradientNorm [L,T]; float32 flow [L,T]; float32 rowsAtStep [T] (rows long enough to have that step);
 * float32 lagFlow [L,T] (flow by distance from each row's loss step: index 0 is the loss step itself).
 * Version 2, of models whose targets have steps of their own, ends with float32 rowsOfCell [L,T]: rows that have the step of the cell's own sequence.
 * Layers as in `OpenReply.probeLayers`.
 */
export type ProbeFrame = Uint8Array;

/**
 * A run's points since the last event, as binary, so that NaN and Infinity survive; little endian:
 * uint32 version = 1, uint32 n; float64 [n,5]: step, train loss, learning rate, gradient norm before clipping, clipped (0 or 1).
 */
export type LossFrame = Uint8Array;

export interface SessionEvents {
  /** While imported data is read. */
  loading: Loading;
  state: StatusReply;
  progress: Progress;
  losses: LossFrame;
  validation: Validation;
  probe: ProbeFrame;
  /** While the memory of a cell is measured. */
  memory: MemoryProgress;
  stopped: { readonly step: number; readonly reason: 'non-finite'; readonly place: NonFinitePlace; readonly sentence: string };
  done: {
    readonly steps: number;
    readonly seconds: number;
    readonly stepsPerSecond: number;
    readonly test: TestScore | null;
    /** Where early stopping ended the run, the epoch whose weights the model now has, and its validation loss; null otherwise. */
    readonly earlyStop: { readonly epoch: number; readonly step: number; readonly loss: number } | null;
  };
  /** Sent by the host, not the worker: the thread ended without being asked to. */
  died: { readonly sentence: string };
}

export type SessionEventName = keyof SessionEvents;
