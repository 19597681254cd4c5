import type { FieldSpec, KindSpec, Params } from './kind-spec.ts';
import { kindSpec } from './node-kinds.ts';
import type { GraphNode, ParamValue } from './project.ts';

/** Every option of a kind at its default. */
export function defaultParams(spec: KindSpec): Params {
  return Object.fromEntries(spec.params.map((field) => [field.name, field.default]));
}

/** True where the value's JavaScript type is the field's; bounds are a separate question. */
export function hasFieldType(field: FieldSpec, value: unknown): value is ParamValue {
  switch (field.type) {
    case 'integer':
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'choice':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
  }
}

/** What the field takes, to end a sentence: `a whole number from 1 to 4096`. */
export function describeField(field: FieldSpec): string {
  switch (field.type) {
    case 'integer':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'number':
      return `a number from ${field.min} to ${field.max}`;
    case 'choice':
      return `one of ${field.options.map((option) => option.value).join(', ')}`;
    case 'boolean':
      return 'true or false';
  }
}

/** True where the value is one the field takes: type, bounds, choice. */
export function isFieldValue(field: FieldSpec, value: unknown): value is ParamValue {
  if (!hasFieldType(field, value)) return false;
  switch (field.type) {
    case 'integer':
      return Number.isInteger(value) && Number(value) >= field.min && Number(value) <= field.max;
    case 'number':
      return Number(value) >= field.min && Number(value) <= field.max;
    case 'choice':
      return field.options.some((option) => option.value === value);
    case 'boolean':
      return true;
  }
}

/** True where the field matters, as the node's other options stand. */
export function isShown({ shownWhen }: FieldSpec, node: GraphNode): boolean {
  return shownWhen === undefined || readParam(node, shownWhen.name) === shownWhen.is;
}

/** The node's value where the field takes it, else the default. Throws for a name the kind does not have. */
function readParam(node: GraphNode, name: string): ParamValue {
  const field = kindSpec(node.kind)?.params.find((each) => each.name === name);
  if (field === undefined) throw new Error(`${node.kind} has no option ${name}`);
  const value = Object.hasOwn(node.params, name) ? node.params[name] : undefined;
  return isFieldValue(field, value) ? value : field.default;
}

/** An integer or number option of a node, its default where it is not given. */
export function numberParam(node: GraphNode, name: string): number {
  const value = readParam(node, name);
  if (typeof value !== 'number') throw new Error(`${node.kind}.${name} is not a number`);
  return value;
}

/** A choice of a node, its default where it is not given. */
export function choiceParam(node: GraphNode, name: string): string {
  const value = readParam(node, name);
  if (typeof value !== 'string') throw new Error(`${node.kind}.${name} is not a choice`);
  return value;
}

/** A switch of a node, its default where it is not given. */
export function booleanParam(node: GraphNode, name: string): boolean {
  const value = readParam(node, name);
  if (typeof value !== 'boolean') throw new Error(`${node.kind}.${name} is not a switch`);
  return value;
}
