import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkGraph } from '../../src-engine/document/check.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { schemas } from '../../src-main/launch/parts.mjs';
import { WORDS } from '../pure/document-builders.ts';

/** The schemas as other programs find them, read by zod's own reader of JSON Schema. */
type Json = Record<string, unknown>;

interface Rule {
  readonly if: { readonly properties: { readonly kind: { readonly const: string } } };
  readonly then: { readonly properties: { readonly params: Json } };
}

let project: z.ZodType;
let model: z.ZodType;
let paramsOf: ReadonlyMap<string, z.ZodType>;

beforeAll(async () => {
  await ensureBuilt([schemas]);
  const read = async (name: string): Promise<Json> => JSON.parse(await readFile(join(import.meta.dirname, '../../dist', name), 'utf8')) as Json;
  model = z.fromJSONSchema(await read('model.schema.json'));
  // zod knows no conditions: the one for the options of each kind is taken out and applied by hand.
  const rules: Rule[] = [];
  const plain: unknown = JSON.parse(JSON.stringify(await read('project.schema.json')), (key, value: unknown) => {
    if (key !== 'allOf') return value;
    rules.push(...(value as Rule[]));
    return undefined;
  });
  project = z.fromJSONSchema(plain as Json);
  paramsOf = new Map(rules.map((rule) => [rule.if.properties.kind.const, z.fromJSONSchema(rule.then.properties.params)]));
}, 120_000);

const projects = SCENARIOS.map((scenario) => [scenario.id, scenario.project()] as const);

describe('the JSON Schemas that the build writes', () => {
  it.each(projects)('take the project %s as it is saved', (_id, each) => {
    const saved = JSON.parse(serializeProject(each)) as Project;
    expect(project.safeParse(saved).error).toBeUndefined();
    for (const node of saved.graph.nodes) expect(paramsOf.get(node.kind)?.safeParse(node.params).error, node.id).toBeUndefined();
  });

  it('take a trained model as it is saved', () => {
    const sentiment = SCENARIOS.find(({ id }) => id === 'sentiment')!.project();
    const shapes = checkGraph(sentiment.graph, WORDS).parameters;
    const parameters = new Map(shapes.map(({ name, shape }) => [name, new Float32Array(shape.reduce((size, axis) => size * axis, 1)).fill(0.5)]));
    const trained = { project: sentiment, signature: WORDS, parameters, metrics: { loss: 0.2 }, history: [{ step: 1, loss: 0.7, score: null }] };
    for (const arrays of [false, true]) {
      const saved: unknown = JSON.parse(writeModel(trained, { arrays }));
      expect(model.safeParse(saved).error).toBeUndefined();
    }
  });

  it('refuse what the parsers refuse', () => {
    const saved = JSON.parse(serializeProject(projects[0]![1])) as Json;
    expect(project.safeParse({ ...saved, graph: {} }).success).toBe(false);
    expect(project.safeParse({ ...saved, format: 'unroll/other' }).success).toBe(false);
    expect(model.safeParse(saved).success).toBe(false);
    expect(paramsOf.get('gru')?.safeParse({ units: 'many' }).success).toBe(false);
    expect(paramsOf.get('gru')?.safeParse({ units: 0 }).success).toBe(false);
  });
});
