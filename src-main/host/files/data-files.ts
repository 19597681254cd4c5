import { basename, join } from 'node:path';
import type { ChosenData, Replies, RequestOf } from '../../contract.ts';
import { parseProject } from '../../../src-engine/document/file/parse-project.ts';
import { problem, ProblemError } from '../../../src-engine/document/problems.ts';
import type { DataSpec } from '../../../src-engine/document/project.ts';
import { sourceOfPath } from '../../../src-engine/document/data/import-options.ts';
import { classFiles, keptPath, type DataPlace } from './data-paths.ts';
import { fileProblem } from './file-problems.ts';
import type { FileSystem } from './file-system.ts';
import { ask, type Requester } from '../ask-engine.ts';

export type DataWish = RequestOf<'data.choose'>['what'];

/** What the user chose, by its paths. Of a folder `paths` is the folder alone. */
export interface Choice {
  readonly kind: ChosenData['kind'];
  readonly paths: readonly string[];
}

export interface DataFilesServices {
  readonly engine: Requester;
  readonly fileSystem: Pick<FileSystem, 'stat'>;
  readonly randomId: () => string;
  /** Null in a browser, where data is uploaded. Gives no paths where the dialog was cancelled. */
  readonly ask: ((what: DataWish) => Promise<readonly string[]>) | null;
  /** The folder of a project's file by its handle; null where it has none. */
  readonly folderOf: (handle: string | null) => string | null;
}

/** Data that the user chose in this run. The window knows it by random tokens, and can name no path of its own. */
export class DataFiles {
  readonly #services: DataFilesServices;
  readonly #choices = new Map<string, Choice>();

  constructor(services: DataFilesServices) {
    this.#services = services;
  }

  /** With the system's dialog. Throws ProblemError U050 in a browser. */
  async choose(what: DataWish): Promise<Replies['data.choose']> {
    const { ask: askUser } = this.#services;
    if (askUser === null)
      throw new ProblemError([problem('U050', 'This window cannot ask for files on its host.', 'Choose the files in the browser, which sends them.')]);
    const paths = await askUser(what);
    if (paths.length === 0) return { chosen: null };
    return { chosen: await this.keep({ kind: what === 'folder' ? 'folder' : paths.length > 1 ? 'files' : 'file', paths }) };
  }

  /** From now on the window may have this data read. */
  async keep(choice: Choice): Promise<ChosenData> {
    const files = choice.kind === 'folder' ? [] : await Promise.all(choice.paths.map((path) => this.#sizeOf(path)));
    const token = this.#services.randomId();
    this.#choices.set(token, choice);
    return {
      token,
      name: basename(choice.paths[0] ?? ''),
      kind: choice.kind,
      files: files.slice(0, 100),
      fileCount: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async #sizeOf(path: string): Promise<{ readonly name: string; readonly bytes: number }> {
    try {
      return { name: basename(path), bytes: (await this.#services.fileSystem.stat(path)).size };
    } catch (error) {
      throw new ProblemError([fileProblem('read', path, error)]);
    }
  }

  async describe({ from, vectors, options, depth, name, handle }: RequestOf<'data.describe'>): Promise<Replies['data.describe']> {
    const { engine, folderOf } = this.#services;
    const folder = folderOf(handle);
    const own = vectors === undefined ? {} : { vectors: keptPath(this.#choice(vectors).paths[0] ?? '', folder) };
    if (from.kind === 'project') {
      const data = dataOf(from.text);
      // Other vectors are chosen here; the project's data itself is known by its hash or lies in its folder.
      const { vectorsHash, ...known } = data.options;
      const before = vectors === undefined && vectorsHash !== undefined ? { vectorsHash } : {};
      const chosen = vectors !== undefined && known['hash'] !== undefined;
      return await ask(engine, 'describeFile', { source: data.source, options: { ...known, ...before, ...options, ...own }, chosen, folder, depth, name });
    }
    const place = placeOf(this.#choice(from.token), from.classes ?? null, folder);
    return await ask(engine, 'describeFile', {
      source: sourceOfPath(place.path),
      options: { ...options, ...place.options, ...own },
      chosen: true,
      folder,
      depth,
      name,
    });
  }

  async locate({ text, handle, token }: RequestOf<'data.locate'>): Promise<Replies['data.locate']> {
    const data = dataOf(text);
    const folder = this.#services.folderOf(handle);
    const { size, hash, vectorsHash, ...known } = data.options;
    // Taken as it is now: the word vectors too.
    const kept = token === null || vectorsHash === undefined ? known : { ...known, vectorsHash };
    const place = token === null ? null : located(this.#choice(token), kept, folder);
    const options = place === null ? kept : { ...withoutClasses(kept), ...place.options };
    const request = { source: place === null ? data.source : sourceOfPath(place.path), options, chosen: true, folder, depth: 'all' as const, name: '' };
    const described = await ask(this.#services.engine, 'describeFile', request);
    if (described.problems.length > 0) return { data: null, same: false, problems: described.problems };
    const found = described.data.options;
    const { data: spec } = described;
    return { data: { ...data, source: spec.source, options: found }, same: found['size'] === size && found['hash'] === hash, problems: [] };
  }

  #choice(token: string): Choice {
    const choice = this.#choices.get(token);
    if (choice !== undefined) return choice;
    throw new ProblemError([problem('U050', 'This data was not chosen in this run of the app.', 'Choose the file again.')]);
  }
}

function dataOf(text: string): DataSpec {
  const parsed = parseProject(text);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const { data } = parsed.project;
  if (data !== null) return data;
  throw new ProblemError([problem('U024', 'This project has no data.', 'Import data, or choose a built-in data set.', { path: 'data' })]);
}

function placeOf({ kind, paths }: Choice, classes: readonly string[] | null, folder: string | null): DataPlace {
  if (kind === 'files') return classFiles(paths, classes, folder);
  const path = keptPath(paths[0] ?? '', folder);
  return { path, options: kind === 'folder' ? { format: 'folder' } : {} };
}

/** Throws ProblemError U033 where what was chosen is not of the kind that the project names. */
function located(choice: Choice, options: DataSpec['options'], folder: string | null): DataPlace {
  const names = Object.keys(options).flatMap((key) => (key.startsWith('class.') ? [key.slice('class.'.length)] : []));
  const expected: ChosenData['kind'] = options['format'] === 'folder' ? 'folder' : names.length > 0 ? 'files' : 'file';
  const fits = choice.kind === expected && (expected !== 'files' || choice.paths.length === names.length);
  if (fits) return placeOf(choice, expected === 'files' ? byName(choice.paths, names, options) : null, folder);
  const wanted =
    expected === 'folder' ? 'a folder with one folder for each class' : expected === 'files' ? `${names.length} files, one for each class` : 'one file';
  throw new ProblemError([problem('U033', `The project's data is ${wanted}.`, `Choose ${wanted}.`, { path: 'data.source' })]);
}

/** The class of each path: by the name that the project had for the file, else by their order. */
function byName(paths: readonly string[], names: readonly string[], options: DataSpec['options']): readonly string[] {
  const known = new Map(names.map((name) => [basename(String(options[`class.${name}`])), name]));
  const found = paths.map((path) => known.get(basename(path)));
  return found.every((name) => name !== undefined) && new Set(found).size === paths.length ? found : names;
}

function withoutClasses(options: DataSpec['options']): DataSpec['options'] {
  return Object.fromEntries(Object.entries(options).filter(([key]) => !key.startsWith('class.')));
}

/** Where a browser's host keeps what was uploaded, by the system's custom. */
export function uploadFolder(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>, home: string): string {
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Unroll', 'data');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Unroll', 'data');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'unroll', 'data');
}
