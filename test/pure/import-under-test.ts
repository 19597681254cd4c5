import { createHash } from 'node:crypto';
import type { AssetReader } from '../../src-engine/data/dataset.ts';
import { describeImport } from '../../src-engine/data/import/describe-import.ts';
import type { FileDescription } from '../../src-engine/data/import/description.ts';
import { loadImport, type Import } from '../../src-engine/data/import/load-import.ts';
import { PIECE, type ImportFile, type ImportServices } from '../../src-engine/data/import/import-services.ts';
import type { Loading } from '../../src-engine/data/import/loading.ts';
import { DEFAULT_SPLIT } from '../../src-engine/document/defaults.ts';
import type { FlatOptions } from '../../src-engine/document/data/import-options.ts';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** No vectors but for one word: imports ask for the built-in ones by themselves. */
const noVectors: AssetReader = (name) => Promise.resolve(name === 'glove-words.json' ? new TextEncoder().encode('["good"]') : new Uint8Array(104));

export interface Surroundings {
  /** Bytes of a piece. */
  readonly piece?: number;
  readonly memory?: number;
  readonly cancelled?: () => boolean;
  readonly told?: Loading[];
}

/** Files in memory, as imports read them. */
function filesInMemory(files: Files, { piece = PIECE, memory = 2 ** 30, cancelled = () => false, told = [] }: Surroundings = {}): ImportServices {
  const fileAt = (path: string): ImportFile => {
    const content = files[path];
    if (content === undefined) throw new ProblemError([problem('U033', `There is no data at "${path}".`, 'Locate it.', { path: 'data.source' })]);
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return { name: path.split('/').at(-1) ?? path, bytes: bytes.length, pieces: () => inPieces(bytes, piece) };
  };
  return {
    file: (path) => Promise.resolve().then(() => fileAt(path)),
    folders: (path) => {
      const inside = Object.keys(files).filter((name) => name.startsWith(`${path}/`));
      const folders = [...new Set(inside.map((name) => name.split('/')[1] ?? ''))].toSorted();
      const filesOf = (folder: string) => inside.filter((name) => name.startsWith(`${path}/${folder}/`)).map(fileAt);
      return Promise.resolve(new Map(folders.map((folder) => [folder, filesOf(folder)])));
    },
    digest: () => {
      const hash = createHash('sha256');
      return { add: (bytes) => hash.update(bytes), finish: () => hash.digest('hex') };
    },
    tell: (loading) => told.push(loading),
    cancelled,
    now: () => performance.now(),
    memory,
  };
}

/** One buffer for all pieces, as files on disk are read: who keeps a piece is found out. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(size);
  for (let start = 0; start < bytes.length; start += size) {
    await Promise.resolve();
    const part = bytes.subarray(start, start + size);
    buffer.fill(0xff);
    buffer.set(part);
    yield buffer.subarray(0, part.length);
  }
}

function specOf(path: string, options: FlatOptions = {}) {
  return { source: `file:${path}`, options, split: DEFAULT_SPLIT };
}

export function loadFiles(files: Files, path: string, options: FlatOptions = {}, surroundings: Surroundings = {}): Promise<Import> {
  return loadImport(specOf(path, options), noVectors, filesInMemory(files, surroundings), { stats: true, chosen: true });
}

export async function describeFiles(
  files: Files,
  path: string,
  options: FlatOptions = {},
  depth: 'start' | 'all' = 'all',
  surroundings: Surroundings = {},
): Promise<FileDescription> {
  return (await describeImport(specOf(path, options), depth, true, noVectors, filesInMemory(files, surroundings))).description;
}

/** Code, sentence and fix of what stands in the way; empty where nothing does. */
export async function sentenceOf(content: string | Uint8Array, options: FlatOptions = {}, name = 'data.csv'): Promise<string> {
  const { problems } = await describeFiles({ [name]: content }, name, options);
  return problems.map(({ code, message, fix }) => `${code} ${message} ${fix}`).join('\n');
}
