import type { z } from 'zod';
import { PROJECT_FORMAT, PROJECT_VERSION } from '../defaults.ts';
import { checkReferences } from './check-references.ts';
import type { Envelope } from './envelope.ts';
import { checkEnvelope, isObject } from './envelope.ts';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { Project, WireId } from '../project.ts';
import { projectSchema } from './project-schema.ts';
import type { JsonPath } from './read-json.ts';
import { inspectJson, readJson } from './read-json.ts';
import { schemaProblems } from './schema-problems.ts';

export type ParsedProject =
  /** `warnings` name what was kept but cannot be used, such as kinds this version does not know. */
  { readonly ok: true; readonly project: Project; readonly warnings: readonly Problem[] } | { readonly ok: false; readonly problems: readonly Problem[] };

/** More than anyone draws; keeps a hostile file from filling the window. */
const MAX_NODES = 20_000;
const MAX_WIRES = 100_000;

/** The text of a `.unroll` file. Refused with U001 to U008, U015 or U040, each with its place; unknown kinds are kept and warned about. */
export function parseProject(text: string): ParsedProject {
  const read = readJson(text);
  return read.ok ? parseInspected(read.value, []) : read;
}

/** The same for a JSON value; `root` is the value's own place in a larger file. */
export function parseProjectValue(value: unknown, root: JsonPath = []): ParsedProject {
  const read = inspectJson(value);
  return read.ok ? parseInspected(value, root) : read;
}

const PROJECT_ENVELOPE: Envelope = {
  format: PROJECT_FORMAT,
  version: PROJECT_VERSION,
  title: 'project',
  others: { 'unroll/model': 'This is a trained model: evaluate it, predict with it or export it.' },
  otherwise: 'Open a .unroll file.',
};

function parseInspected(value: unknown, root: JsonPath): ParsedProject {
  const refusal = checkEnvelope(value, PROJECT_ENVELOPE, root) ?? checkSize(value);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  const parsed = projectSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: schemaProblems(parsed.error, value, root) };
  const project = toProject(parsed.data);
  const { problems, warnings } = checkReferences(project.graph, root);
  return problems.length === 0 ? { ok: true, project, warnings } : { ok: false, problems };
}

function checkSize(value: unknown): Problem | null {
  const graph = isObject(value) && isObject(value['graph']) ? value['graph'] : {};
  const count = (key: string) => (Array.isArray(graph[key]) ? graph[key].length : 0);
  if (count('nodes') <= MAX_NODES && count('wires') <= MAX_WIRES) return null;
  return problem(
    'U005',
    `The project has ${count('nodes')} blocks and ${count('wires')} wires; up to ${MAX_NODES} and ${MAX_WIRES} can be read.`,
    'Open a smaller project.',
    { path: 'graph' },
  );
}

/** Numbers the wires that came without an id, and gives the ids their brands: the schema has checked what they are made of. */
function toProject(parsed: z.infer<typeof projectSchema>): Project {
  const taken = new Set<string>(parsed.graph.wires.flatMap((wire) => wire.id ?? []));
  let number = 1;
  const wires = parsed.graph.wires.map((wire) => {
    if (wire.id !== undefined) return wire;
    while (taken.has(`w${number}`)) number++;
    const id = `w${number++}` as WireId;
    return { ...wire, id };
  });
  return { ...parsed, graph: { ...parsed.graph, wires } } as unknown as Project;
}
