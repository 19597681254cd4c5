import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { parseRecord, type RunRecord } from './run-record.ts';

/** What a run shows when it is looked at again. */
export interface StoredHistory {
  /** `LossSeries.encode`. */
  readonly points: Uint8Array;
  /** Payloads of `probe` events, oldest first. */
  readonly frames: readonly Uint8Array[];
  /** Payloads of `validation` events, as JSON values. */
  readonly validations: readonly unknown[];
}

export interface StoredRun {
  readonly record: RunRecord;
  /** The project as the text of its file. */
  readonly document: string;
  readonly history: StoredHistory;
}

export interface ListedRun {
  readonly record: RunRecord;
  readonly bytes: number;
  readonly hasWeights: boolean;
}

/** What has changed of a run since it was written last. */
export interface RunChange {
  readonly record: RunRecord;
  /** Left out where it is as it was. */
  readonly document?: string;
  readonly points?: Uint8Array;
  readonly validations?: readonly unknown[];
  readonly frames?: { readonly added: readonly { readonly step: number; readonly data: Uint8Array }[]; readonly dropped: readonly number[] };
}

/** Of all runs together; the oldest that nobody pinned go first. */
const STORE_BOUNDS = { runs: 300, bytes: 512 * 1024 * 1024, weightsOfOne: 32 * 1024 * 1024 } as const;

const VERSION = 1;
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA busy_timeout = 250;
  CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, started REAL NOT NULL, pinned REAL, removed REAL, meta TEXT NOT NULL, document TEXT NOT NULL,
    points BLOB NOT NULL, validations TEXT NOT NULL, weights BLOB
  ) STRICT;
  CREATE TABLE IF NOT EXISTS frames (run TEXT NOT NULL, step INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (run, step)) STRICT;
  PRAGMA user_version = ${VERSION};
`;
const BYTES = `length(runs.document) + length(runs.points) + length(runs.validations) + coalesce(length(runs.weights), 0)
  + coalesce((SELECT sum(length(data)) FROM frames WHERE frames.run = runs.id), 0)`;

/** SQLite's codes for a file that is damaged, or is none. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);

class NewerStore extends Error {}

/**
 * The runs of this user in one SQLite file, bounded by `STORE_BOUNDS`. Never throws for what is on disk: a file that is damaged or of a newer version is
 * moved aside, and where nothing can be written the runs of this start are kept in memory; `notice` says so.
 */
export class RunStore {
  readonly #path: string | null;
  readonly #clock: () => number;
  readonly #bounds: { readonly runs: number; readonly bytes: number };
  #database: DatabaseSync;
  readonly #statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>();
  /** What stays so until the next start, and what may pass. */
  #notice: string | null = null;
  #trouble: string | null = null;

  /** `path` null keeps everything in memory. */
  constructor(path: string | null, clock: () => number, bounds: { readonly runs: number; readonly bytes: number } = STORE_BOUNDS) {
    this.#path = path;
    this.#clock = clock;
    this.#bounds = bounds;
    this.#database = this.#open();
    this.#guard(undefined, () => {
      this.#database.exec(`DELETE FROM frames WHERE run IN (SELECT id FROM runs WHERE removed IS NOT NULL); DELETE FROM runs WHERE removed IS NOT NULL`);
    });
  }

  /** What went wrong with the file, in a sentence; null where nothing did. */
  get notice(): string | null {
    return this.#notice ?? this.#trouble;
  }

  /** The newest first. */
  list(): readonly ListedRun[] {
    return this.#guard([], () =>
      this.#statement(`SELECT meta, pinned, ${BYTES} AS bytes, weights IS NOT NULL AS weighed FROM runs WHERE removed IS NULL ORDER BY started DESC`)
        .all()
        .flatMap((row) => {
          const record = parseRecord(text(row['meta']));
          return record === null ? [] : [{ record, bytes: Number(row['bytes']), hasWeights: row['weighed'] === 1 }];
        }),
    );
  }

  read(id: string): StoredRun | null {
    return this.#guard(null, () => {
      const row = this.#statement('SELECT meta, document, points, validations FROM runs WHERE id = ?').get(id);
      const record = row === undefined ? null : parseRecord(text(row['meta']));
      if (row === undefined || record === null) return null;
      const frames = this.#statement('SELECT data FROM frames WHERE run = ? ORDER BY step').all(id);
      const validations: unknown = JSON.parse(text(row['validations']));
      const history = {
        points: bytes(row['points']),
        frames: frames.map(({ data }) => bytes(data)),
        validations: Array.isArray(validations) ? validations : [],
      };
      return { record, document: text(row['document']), history };
    });
  }

  /** The latest run of the project that began before; null where there is none. */
  latestOf(project: string): Pick<StoredRun, 'record' | 'document'> | null {
    const found = this.list().find(({ record }) => record.project === project);
    if (found === undefined) return null;
    return this.#guard(null, () => {
      const row = this.#statement('SELECT document FROM runs WHERE id = ?').get(found.record.id);
      return row === undefined ? null : { record: found.record, document: text(row['document']) };
    });
  }

  weights(id: string): Uint8Array | null {
    return this.#guard(null, () => {
      const row = this.#statement('SELECT weights FROM runs WHERE id = ?').get(id);
      return row?.['weights'] instanceof Uint8Array ? row['weights'] : null;
    });
  }

  /** All changes in one transaction. False where they could not be written: all of the run has to be given again. */
  write({ record, document, points, validations, frames }: RunChange): boolean {
    const written = this.#transaction(() => {
      const { id } = record;
      this.#statement(
        `INSERT INTO runs (id, started, pinned, meta, document, points, validations) VALUES (?, ?, ?, ?, '', x'', '[]')
           ON CONFLICT (id) DO UPDATE SET meta = excluded.meta, pinned = excluded.pinned`,
      ).run(id, record.started, record.pinned, JSON.stringify(record));
      if (document !== undefined) this.#statement('UPDATE runs SET document = ? WHERE id = ?').run(document, id);
      if (points !== undefined) this.#statement('UPDATE runs SET points = ? WHERE id = ?').run(points, id);
      if (validations !== undefined) this.#statement('UPDATE runs SET validations = ? WHERE id = ?').run(JSON.stringify(validations), id);
      for (const step of frames?.dropped ?? []) this.#statement('DELETE FROM frames WHERE run = ? AND step = ?').run(id, step);
      for (const { step, data } of frames?.added ?? []) {
        this.#statement('INSERT OR REPLACE INTO frames (run, step, data) VALUES (?, ?, ?)').run(id, step, data);
      }
    });
    if (document !== undefined) this.#prune(record.id);
    return written;
  }

  /** Weights of more than 32 MiB are not kept. */
  writeWeights(id: string, weights: Uint8Array): void {
    if (weights.byteLength > STORE_BOUNDS.weightsOfOne) return;
    this.#transaction(() => {
      this.#statement('UPDATE runs SET weights = ? WHERE id = ?').run(weights, id);
    });
    this.#prune(id);
  }

  /** Out of the list, but there to be restored until the next start. */
  setRemoved(id: string, removed: boolean): void {
    this.#transaction(() => {
      this.#statement('UPDATE runs SET removed = ? WHERE id = ?').run(removed ? this.#clock() : null, id);
    });
  }

  close(): void {
    try {
      this.#database.close();
    } catch {
      return;
    }
  }

  /** Removes the oldest runs that nobody pinned, and that are not `present`, until the bounds hold. */
  #prune(present: string): void {
    let [count, size] = [0, 0];
    const gone = this.list().filter(({ record, bytes: own }) => {
      count += 1;
      size += own;
      return (count > this.#bounds.runs || size > this.#bounds.bytes) && record.pinned === null && record.id !== present;
    });
    if (gone.length === 0) return;
    this.#transaction(() => {
      for (const { record } of gone) {
        this.#statement('DELETE FROM frames WHERE run = ?').run(record.id);
        this.#statement('DELETE FROM runs WHERE id = ?').run(record.id);
      }
    });
  }

  #transaction(work: () => void): boolean {
    return this.#guard(false, () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.#database.exec('COMMIT');
        this.#trouble = null;
        return true;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #guard<T>(otherwise: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamaged(error)) {
        this.close();
        this.#moveAside('damaged', 'The file that keeps the runs is damaged.');
        this.#database = this.#open();
      } else {
        this.#trouble = `Runs cannot be kept at the moment: ${sentenceOf(error)}.`;
      }
      return otherwise;
    }
  }

  /** Of each text one statement is made: SQLite's memory for one goes only when the collector, which does not see it, comes by. */
  #statement(sql: string): StatementSync {
    const known = this.#statements.get(this.#database) ?? new Map<string, StatementSync>();
    this.#statements.set(this.#database, known);
    const statement = known.get(sql) ?? this.#database.prepare(sql);
    known.set(sql, statement);
    return statement;
  }

  #open(): DatabaseSync {
    if (this.#path === null) return prepared(':memory:');
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      return prepared(this.#path);
    } catch (error) {
      return this.#openInstead(this.#path, error);
    }
  }

  #openInstead(path: string, error: unknown): DatabaseSync {
    if (error instanceof NewerStore) this.#moveAside('newer', 'The file that keeps the runs was written by a newer version of Unroll.');
    else if (isDamaged(error)) this.#moveAside('damaged', 'The file that keeps the runs is damaged.');
    else return this.#inMemory(error);
    try {
      return prepared(path);
    } catch (second) {
      return this.#inMemory(second);
    }
  }

  #inMemory(error: unknown): DatabaseSync {
    this.#notice = `Runs are kept only until Unroll is closed: ${sentenceOf(error)}.`;
    return prepared(':memory:');
  }

  #moveAside(why: 'damaged' | 'newer', sentence: string): void {
    const path = this.#path;
    if (path === null) return;
    const aside = `${path}.${why}-${String(Math.round(this.#clock()))}`;
    for (const ending of ['', '-wal', '-shm']) {
      try {
        renameSync(path + ending, aside + ending);
      } catch {
        continue;
      }
    }
    this.#notice = `${sentence} It was moved aside as "${aside}"; new runs are kept in a new one.`;
  }
}

function prepared(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > VERSION) throw new NewerStore();
    database.exec(SCHEMA);
    database.prepare('SELECT id, started, pinned, removed, meta, document, points, validations, weights FROM runs LIMIT 1').get();
    database.prepare('SELECT run, step, data FROM frames LIMIT 1').get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return DAMAGED.has(error.errcode & 0xff) || /no such (table|column)/u.test(error.message);
  return error instanceof SyntaxError;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function bytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

function sentenceOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/u, '');
}
