import { dirname, resolve } from 'node:path';
import { pathOfSource, sourceOfPath } from '../../src-engine/document/data/import-options.ts';
import type { DataSpec } from '../../src-engine/document/project.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { parseModel } from '../../src-engine/session/direct.ts';
import { keptPath } from '../host/files/data-paths.ts';

/** A model whose data is found from the folder of `to` as it was from `from`, both absolute files; null `from`: its data is no file. */
export function withDataFrom(model: TrainedModel, from: string | null, to: string): TrainedModel {
  const { project } = model;
  if (from === null || project.data === null || dirname(from) === dirname(to)) return model;
  return { ...model, project: { ...project, data: moved(project.data, dirname(from), dirname(to)) } };
}

/** The same of a model file's text, which stays as it is where nothing moves. */
export function textWithDataFrom(text: string, from: string | null, to: string): string {
  if (from === null || dirname(from) === dirname(to)) return text;
  return writeModel(withDataFrom(parseModel(text), from, to), { arrays: false });
}

function moved(data: DataSpec, from: string, to: string): DataSpec {
  const path = pathOfSource(data.source);
  if (path === null) return data;
  const { vectors } = data.options;
  const place = (old: string): string => keptPath(resolve(from, old), to);
  return { ...data, source: sourceOfPath(place(path)), options: { ...data.options, ...(typeof vectors === 'string' ? { vectors: place(vectors) } : {}) } };
}
