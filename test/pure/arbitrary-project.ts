import { fc } from '../fixtures/laws.ts';
import { DEFAULT_SPLIT, DEFAULT_TRAINING } from '../../src-engine/document/defaults.ts';
import type { FieldSpec } from '../../src-engine/document/kind-spec.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { Graph, GraphNode, ParamValue, Project, Wire } from '../../src-engine/document/project.ts';
import { id, wireId } from './document-builders.ts';

const KNOWN = Object.values(NODE_KINDS);
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

export const knownKind = fc.constantFrom(...KNOWN.map((spec) => spec.kind));

/** JSON has no minus zero. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));

/** A value of the field's type; inside its bounds or not. */
export function fieldValue(field: FieldSpec): fc.Arbitrary<ParamValue> {
  switch (field.type) {
    case 'integer':
      return fc.oneof(fc.integer({ min: field.min, max: Math.min(field.max, 300) }), fc.integer({ min: -5, max: 10_000 }));
    case 'number':
      return finite;
    case 'choice':
      return fc.oneof(fc.constantFrom(...field.options.map((option) => option.value)), fc.string());
    case 'boolean':
      return fc.boolean();
  }
}

const unknownKey = fc.string({ minLength: 1, maxLength: 8 }).filter((key) => !FORBIDDEN.includes(key));
const unknownValue = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: false })
  .filter((value) => !/-0[,\]}]|"(__proto__|constructor|prototype)":/.test(jsonOf(value)));

/** Like JSON.stringify, but it shows a minus zero. */
function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, (_key, each: unknown) => (Object.is(each, -0) ? '-0' : each)).replaceAll('"-0"', '-0')},`;
}

const extras = fc.dictionary(
  unknownKey.map((key) => `x-${key}`),
  unknownValue,
  { maxKeys: 2 },
);

function paramsOf(kind: string): fc.Arbitrary<GraphNode['params']> {
  const spec = KNOWN.find((each) => each.kind === kind);
  if (spec === undefined) return extras.map((params) => params as GraphNode['params']);
  const fields = Object.fromEntries(spec.params.map((field) => [field.name, fieldValue(field)]));
  return fc.tuple(fc.record(fields, { requiredKeys: [] }), extras).map(([known, unknown]) => ({ ...known, ...unknown }) as GraphNode['params']);
}

function nodeAt(place: number): fc.Arbitrary<GraphNode> {
  return fc.oneof({ weight: 9, arbitrary: knownKind }, { weight: 1, arbitrary: fc.constantFrom('zither', 'toString', 'pool') }).chain((kind) =>
    fc
      .tuple(
        paramsOf(kind),
        fc.record({ label: fc.string(), position: fc.record({ x: fc.integer(), y: fc.integer() }) }, { requiredKeys: [] }),
        // A parent stands before its children, so that no node is inside itself.
        fc.option(fc.integer({ min: 0, max: Math.max(0, place - 1) }), { nil: null, freq: 2 }),
        extras,
      )
      .map(([params, optional, parent, unknown]): GraphNode => {
        const placed = parent === null || place === 0 ? {} : { parent: id(`n${parent}`) };
        return { id: id(`n${place}`), kind, params, ...optional, ...placed, ...unknown };
      }),
  );
}

const PORTS = ['in', 'out', 'initial', 'state', 'in1', 'toString'];

function wireAt(place: number, count: number): fc.Arbitrary<Wire> {
  const end = fc.record({ node: fc.integer({ min: 0, max: count - 1 }).map((number) => id(`n${number}`)), port: fc.constantFrom(...PORTS) });
  return fc.record({ from: end, to: end }).map((ends) => ({ id: wireId(`w${place}`), ...ends }));
}

/** Any graph a file may hold: unknown kinds, odd values, cycles and misplaced blocks included; ids and references are sound. */
export const anyGraph: fc.Arbitrary<Graph> = fc.integer({ min: 1, max: 10 }).chain((count) =>
  fc.record({
    nodes: fc.tuple(...Array.from({ length: count }, (_, place) => nodeAt(place))),
    wires: fc.integer({ min: 0, max: 14 }).chain((wires) => fc.tuple(...Array.from({ length: wires }, (_, place) => wireAt(place, count)))),
  }),
);

export const anyProject: fc.Arbitrary<Project> = fc
  .record({
    name: fc.string(),
    graph: anyGraph,
    data: fc.option(fc.constant({ source: 'builtin:names', options: { rows: 3, lower: true }, split: DEFAULT_SPLIT })),
    seed: fc.integer({ min: 0, max: 4294967295 }),
    unknown: extras,
  })
  .map(({ name, graph, data, seed, unknown }) => ({
    format: 'unroll/project',
    version: 1,
    name,
    graph,
    data,
    training: { ...DEFAULT_TRAINING, seed },
    ...unknown,
  }));
