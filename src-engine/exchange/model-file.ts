import type { DataSpec, Project } from '../document/project.ts';
import type { InputSignature, OutputSignature } from '../document/signature.ts';

/** `NAME.model.json`, version 1 (formats.md). Complete without its data set: the signature holds every size that came from the data. */
export interface ModelFile {
  readonly format: 'unroll/model';
  readonly version: 1;
  readonly project: Omit<Project, 'data'> & { readonly data: DataSpec | null };
  readonly signature: {
    readonly inputs: readonly ModelInput[];
    readonly outputs: readonly ModelOutput[];
    /** Steps of the longest sequence of the data, T. */
    readonly longest?: number;
  };
  readonly parameters: Readonly<Record<string, StoredArray>>;
  readonly metrics: Readonly<Record<string, number | string | null>>;
  readonly history: readonly Readonly<Record<string, number | null>>[];
}

export type ModelInput = InputSignature & { readonly node: string };
export type ModelOutput = OutputSignature & { readonly node: string };

/** Row-major float32. `data` is base64 of the little-endian bytes, or nested arrays of numbers. */
export interface StoredArray {
  readonly shape: readonly number[];
  readonly dtype: 'float32';
  readonly gates?: readonly string[];
  readonly data: string | NestedNumbers;
}

export type NestedNumbers = readonly (number | NestedNumbers)[];
