import { ATTRIBUTE_TYPE, type AttributeProto, type GraphProto } from './onnx-schema.ts';

export function integer(name: string, value: number): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.int, i: BigInt(value) };
}

export function integers(name: string, values: readonly number[]): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.ints, ints: values.map(BigInt) };
}

export function float(name: string, value: number): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.float, f: value };
}

export function text(name: string, value: string): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.string, s: bytes(value) };
}

export function texts(name: string, values: readonly string[]): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.strings, strings: values.map(bytes) };
}

export function subgraph(name: string, value: GraphProto): AttributeProto {
  return { name, type: ATTRIBUTE_TYPE.graph, g: value };
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
