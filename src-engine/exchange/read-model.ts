import { checkGraph } from '../document/check.ts';
import { PROJECT_FORMAT, PROJECT_VERSION } from '../document/defaults.ts';
import type { Envelope } from '../document/file/envelope.ts';
import { checkEnvelope } from '../document/file/envelope.ts';
import { parseProjectValue } from '../document/file/parse-project.ts';
import type { Problem } from '../document/problems.ts';
import { readJson } from '../document/file/read-json.ts';
import { schemaProblems } from '../document/file/schema-problems.ts';
import type { ParsedModel } from './model-schema.ts';
import { MODEL_FORMAT, MODEL_VERSION, modelSchema } from './model-schema.ts';
import { readParameters } from './read-parameters.ts';
import { readSignature } from './read-signature.ts';
import type { TrainedModel } from './trained-model.ts';

export type ReadModel = { readonly ok: true; readonly model: TrainedModel } | { readonly ok: false; readonly problems: readonly Problem[] };

const MODEL_ENVELOPE: Envelope = {
  format: MODEL_FORMAT,
  version: MODEL_VERSION,
  title: 'trained model',
  others: { [PROJECT_FORMAT]: 'This is a project: train it first.' },
  otherwise: 'Open a .model.json file.',
};

/**
 * The text of a `.model.json` file, as written by us or by hand: `metrics`, `history`, `gates`, `dtype`, `unit`, `columns`, `perStep`,
 * `longest`, `normalisation` and parts of the project may be left out. U001 to U043, each with its place.
 */
export function readModel(text: string): ReadModel {
  const read = readJson(text);
  if (!read.ok) return read;
  const refusal = checkEnvelope(read.value, MODEL_ENVELOPE);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  const parsed = modelSchema.safeParse(read.value);
  if (!parsed.success) return { ok: false, problems: schemaProblems(parsed.error, read.value) };
  return assemble(parsed.data);
}

function assemble(file: ParsedModel): ReadModel {
  const project = parseProjectValue({ format: PROJECT_FORMAT, version: PROJECT_VERSION, ...file.project }, ['project']);
  if (!project.ok) return project;
  const { graph } = project.project;
  const read = readSignature(file.signature, graph);
  if (!read.ok) return read;
  const checked = checkGraph(graph, read.signature);
  if (!checked.ok) return { ok: false, problems: checked.problems.map(insideProject) };
  const { parameters, problems } = readParameters(file.parameters, checked.parameters);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, model: { project: project.project, signature: read.signature, parameters, metrics: file.metrics, history: file.history } };
}

function insideProject(found: Problem): Problem {
  return found.path === null ? found : { ...found, path: `project.${found.path}` };
}
