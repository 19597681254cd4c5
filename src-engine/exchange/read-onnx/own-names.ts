import { z } from 'zod';
import { readJson } from '../../document/file/read-json.ts';
import type { DataSignature, InputSignature, OutputSignature } from '../../document/signature.ts';

type Metadata = readonly { readonly key: string; readonly value: string }[];

/** The signature with the names of tokens, columns and classes that Unroll itself wrote into the file (`onnx/metadata.ts`), where there are as many as it has. */
export function withOwnNames(signature: DataSignature, metadata: Metadata): DataSignature {
  return { ...signature, input: namedInput(signature.input, metadata), output: namedOutput(signature.output, metadata) };
}

function namedInput(input: InputSignature, metadata: Metadata): InputSignature {
  if (input.kind !== 'tokens') return { ...input, columns: listOf(metadata, 'unroll.columns', input.width) ?? input.columns };
  const vocabulary = listOf(metadata, 'unroll.vocabulary', input.vocabulary.length);
  if (vocabulary === null) return input;
  return { ...input, unit: textOf(metadata, 'unroll.unit') === 'character' ? 'character' : 'word', vocabulary };
}

function namedOutput(output: OutputSignature, metadata: Metadata): OutputSignature {
  if (output.kind === 'numbers') return { ...output, columns: listOf(metadata, 'unroll.outputs', output.width) ?? output.columns };
  return { ...output, classes: listOf(metadata, 'unroll.classes', output.classes.length) ?? output.classes };
}

function textOf(metadata: Metadata, key: string): string | null {
  return metadata.find((each) => each.key === key)?.value ?? null;
}

/** So many different texts, or null: the file may have been changed since. */
function listOf(metadata: Metadata, key: string, count: number): readonly string[] | null {
  const json = readJson(textOf(metadata, key) ?? '');
  const list = json.ok ? z.array(z.string().min(1)).length(count).safeParse(json.value) : null;
  return list?.success === true && new Set(list.data).size === count ? list.data : null;
}
