import type { TermId } from './glossary/glossary.ts';
import type { ParamValue } from './project.ts';
import type { WireType } from './checked.ts';

export type WireKind = WireType['kind'];

interface FieldBase {
  /** Key in `GraphNode.params`. */
  readonly name: string;
  readonly label: string;
  /** One sentence for the inspector. */
  readonly help: string;
  /** The field matters only while another one has this value, and is shown only then; it keeps its own value. */
  readonly shownWhen?: { readonly name: string; readonly is: ParamValue };
}

export interface IntegerField extends FieldBase {
  readonly type: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** Axis letter or unit shown behind the number, e.g. `H`; null where it has none. */
  readonly unit: string | null;
}

export interface NumberField extends FieldBase {
  readonly type: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string | null;
}

export interface ChoiceField extends FieldBase {
  readonly type: 'choice';
  readonly default: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface BooleanField extends FieldBase {
  readonly type: 'boolean';
  readonly default: boolean;
}

export type FieldSpec = IntegerField | NumberField | ChoiceField | BooleanField;

/** A field with the word of the glossary that explains it. */
export interface Explained {
  readonly term: TermId;
}

export type ParamSpec = FieldSpec & Explained;

export interface InputPort {
  readonly name: string;
  readonly label: string;
  /** Kinds of wire it takes. A block takes what its first child takes; a head what the data asks for (see `port-fit.ts`). */
  readonly accepts: readonly WireKind[];
  /** An optional port may stay empty. */
  readonly optional: boolean;
}

export interface OutputPort {
  readonly name: string;
  readonly label: string;
}

export type KindGroup = 'Inputs' | 'Cells' | 'Blocks' | 'Shaping' | 'Heads';

/** Everything the palette, the inspector, the parser and the check know about one kind of node. */
export interface KindSpec {
  readonly kind: string;
  readonly title: string;
  /** One character for the chip. */
  readonly letter: string;
  readonly group: KindGroup;
  /** A few words for the palette. */
  readonly purpose: string;
  /** One sentence for the inspector. */
  readonly about: string;
  /** Start of fresh ids: `gru` gives `gru1`. */
  readonly idPrefix: string;
  readonly inputs: readonly InputPort[];
  readonly outputs: readonly OutputPort[];
  readonly params: readonly ParamSpec[];
  /** Kinds a block may hold; null for what is not a block. */
  readonly holds: readonly string[] | null;
}

export type Params = Readonly<Record<string, ParamValue>>;
