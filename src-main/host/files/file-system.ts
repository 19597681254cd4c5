import type * as promises from 'node:fs/promises';

/** The part of `node:fs/promises` that hosts use; passed in, so that tests can make any of it fail. */
export type FileSystem = Pick<typeof promises, 'mkdir' | 'open' | 'readdir' | 'realpath' | 'rename' | 'rm' | 'stat'>;
