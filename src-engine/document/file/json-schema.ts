import { z } from 'zod';
import type { FieldSpec, KindSpec } from '../kind-spec.ts';
import { NODE_KINDS } from '../node-kinds.ts';
import { projectSchema } from './project-schema.ts';

/** A JSON Schema, draft 7, as far as it is read here. */
interface JsonSchema {
  readonly [key: string]: unknown;
}

/** JSON Schema of a project file: what the file's parser takes, and beside it, per kind of block, the options with their bounds and help. */
export function projectJsonSchema(): JsonSchema {
  const schema: JsonSchema = z.toJSONSchema(projectSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, jsonSchema }) => {
      // The object of a node is the one with both an id and a kind.
      const { shape } = zodSchema instanceof z.ZodObject ? zodSchema : { shape: {} };
      if ('kind' in shape && 'params' in shape) Object.assign(jsonSchema, nodeRules());
    },
  });
  return { title: 'Unroll project', ...schema };
}

/** Names every kind, and ties the options to it. A kind this version does not know stays allowed: it is kept as a placeholder. */
function nodeRules(): JsonSchema {
  const kinds = Object.values(NODE_KINDS);
  return {
    defaultSnippets: kinds.map((spec) => ({
      label: spec.kind,
      description: spec.about,
      body: { id: `\${1:${spec.idPrefix}1}`, kind: spec.kind, params: {} },
    })),
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 200, description: 'Name of the block in wires, parameters and messages.' },
      kind: { type: 'string', description: 'What the block is.', anyOf: [{ enum: kinds.map(({ kind }) => kind) }, { minLength: 1, maxLength: 200 }] },
      label: { type: 'string', description: 'Shown on the canvas instead of the id.' },
      parent: { type: 'string', description: 'Id of the stack or bidirectional block that holds this one.' },
      position: {
        type: 'object',
        description: 'Pixels on the canvas, in a block relative to it.',
        properties: { x: { type: 'number' }, y: { type: 'number' } },
        required: ['x', 'y'],
      },
      enabled: { type: 'boolean', description: 'False passes the input through instead.' },
      params: { type: 'object', description: 'Options of the kind; what is left out has its default.' },
    },
    allOf: kinds.map((spec) => ({
      if: { properties: { kind: { const: spec.kind } }, required: ['kind'] },
      then: { properties: { params: paramsRule(spec) } },
    })),
  };
}

function paramsRule(spec: KindSpec): JsonSchema {
  return { type: 'object', description: spec.about, properties: Object.fromEntries(spec.params.map((field) => [field.name, fieldRule(field)])) };
}

function fieldRule(field: FieldSpec): JsonSchema {
  const shared = { title: field.label, description: field.help, default: field.default };
  switch (field.type) {
    case 'integer':
    case 'number':
      return { ...shared, type: field.type, minimum: field.min, maximum: field.max };
    case 'choice':
      return { ...shared, enum: field.options.map(({ value }) => value), enumDescriptions: field.options.map(({ label }) => label) };
    case 'boolean':
      return { ...shared, type: 'boolean' };
  }
}
