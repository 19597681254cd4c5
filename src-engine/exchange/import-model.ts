import { z } from 'zod';
import { parseProject } from '../document/file/parse-project.ts';
import { problem, ProblemError } from '../document/problems.ts';
import type { Project } from '../document/project.ts';
import type { DataSignature } from '../document/signature.ts';
import { readJson } from '../document/file/read-json.ts';
import { schemaProblems } from '../document/file/schema-problems.ts';
import { signatureSchema } from './model-schema.ts';
import { readModel } from './read-model.ts';
import { readOnnx, type ImportedModel } from './read-onnx/read-onnx.ts';
import { readStateDict } from './read-state-dict/read-state-dict.ts';
import { readSignature } from './read-signature.ts';
import { readSafetensors } from './safetensors.ts';
import type { TrainedModel } from './trained-model.ts';

/** What weights alone are for: a drawing and the sizes of its data. */
export interface Drawing {
  readonly project: Project;
  readonly signature: DataSignature;
}

type Kind = 'json' | 'safetensors' | 'zip' | 'hdf5' | 'onnx';

/**
 * A model from a file: our JSON, weights as safetensors (Unroll's own, or a PyTorch state_dict for the drawing `into`), or ONNX. `name` is the file's,
 * without its ending. Throws ProblemError: U001 to U043 as the readers do, U048 for what cannot be made into a document.
 */
export function importModel(bytes: Uint8Array, name: string, into: Drawing | null): ImportedModel {
  switch (kindOf(bytes)) {
    case 'json':
      return { model: fromJson(bytes), notes: [] };
    case 'safetensors':
      return fromSafetensors(bytes, into);
    case 'zip':
      throw refused(
        'This file is an archive, as PyTorch (.pt, .pth) and Keras (.keras) write them; such files may run code when they are opened, and are not read.',
        'Write the weights with safetensors: save_file(model.state_dict(), "weights.safetensors").',
      );
    case 'hdf5':
      throw refused('This file is HDF5, as older versions of Keras write it, which is not read here.', 'Export the model as ONNX.');
    case 'onnx':
      return readOnnx(bytes, name);
  }
}

function kindOf(bytes: Uint8Array): Kind {
  const starts = (...marks: readonly number[]): boolean => marks.every((mark, place) => bytes[place] === mark);
  // Eight bytes with the header's length, of which the last are 0, then the header. First of all: a length may begin with any of the marks below.
  if (bytes.length >= 9 && bytes[8] === 0x7b && bytes[6] === 0 && bytes[7] === 0) return 'safetensors';
  if (starts(0x50, 0x4b, 3, 4) || starts(0x80, 2)) return 'zip';
  if (starts(0x89, 0x48, 0x44, 0x46)) return 'hdf5';
  const first = bytes.subarray(0, 64).find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return first === 0x7b ? 'json' : 'onnx';
}

function refused(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U048', message, fix)]);
}

function fromJson(bytes: Uint8Array): TrainedModel {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError([problem('U001', 'The file is not UTF-8 text.', 'Save it as UTF-8, or choose another file.')]);
  }
  const read = readModel(text);
  if (!read.ok) throw new ProblemError(read.problems);
  return read.model;
}

function fromSafetensors(bytes: Uint8Array, into: Drawing | null): ImportedModel {
  const drawing = into ?? ownDrawing(bytes);
  if (drawing === null) throw refused('This file holds weights alone, and no model they belong to.', 'Open its project first, or name it with --into.');
  const { parameters, mapping } = readStateDict(bytes, drawing.project, drawing.signature);
  const notes = mapping.map(({ parameter, from }) => `${parameter}: ${from.length === 0 ? 'zeros, the file has none' : from.join(' + ')}`);
  return { model: { ...drawing, parameters, metrics: {}, history: [] }, notes };
}

/** The drawing that a file of ours names in its metadata; null where there is none. */
function ownDrawing(bytes: Uint8Array): Drawing | null {
  const read = readSafetensors(bytes);
  if (!read.ok) throw new ProblemError(read.problems);
  const { project, signature } = read.file.metadata;
  if (project === undefined || signature === undefined) return null;
  const parsed = parseProject(project);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  return { project: parsed.project, signature: storedSignature(signature, parsed.project) };
}

function storedSignature(text: string, { graph }: Project): DataSignature {
  const json = readJson(text);
  if (!json.ok) throw new ProblemError(json.problems);
  const value = Stored.safeParse(json.value);
  const parsed = signatureSchema.safeParse(value.success ? { ...value.data, inputs: [value.data.input], outputs: [value.data.output] } : json.value);
  if (!parsed.success) throw new ProblemError(schemaProblems(parsed.error, json.value));
  const read = readSignature(parsed.data, graph);
  if (!read.ok) throw new ProblemError(read.problems);
  return read.signature;
}

const Stored = z.looseObject({ input: z.unknown(), output: z.unknown() });
