import type { Project } from '../document/project.ts';
import type { DataSignature } from '../document/signature.ts';

/** What a model file holds, in memory. */
export interface TrainedModel {
  readonly project: Project;
  /** `longest` is 0 where the file does not say. */
  readonly signature: DataSignature;
  /** Row-major float32 by parameter name, shapes as `checkGraph(project.graph, signature).parameters` says. */
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly metrics: Readonly<Record<string, number | string | null>>;
  readonly history: readonly Readonly<Record<string, number | null>>[];
}
