import type { FileHandle } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';

export interface RendererFile {
  readonly file: FileHandle;
  readonly size: number;
  readonly contentType: string;
  /** Its name holds a hash of its content: it never changes. */
  readonly immutable: boolean;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Opens the file of the built window that a URL path names; the caller closes it. Null where there is none, or where the path
 * leads, by dots, encoded separators or a link, out of `root`.
 */
export async function openRendererFile(root: string, urlPath: string, fileSystem: FileSystem): Promise<RendererFile | null> {
  const relative = safeRelativePath(urlPath);
  if (relative === null) return null;
  try {
    const realRoot = await fileSystem.realpath(root);
    const real = await fileSystem.realpath(join(realRoot, relative));
    if (!real.startsWith(realRoot + sep)) return null;
    return await openRegular(real, relative, fileSystem);
  } catch {
    return null;
  }
}

async function openRegular(path: string, relative: string, fileSystem: FileSystem): Promise<RendererFile | null> {
  if (!(await fileSystem.stat(path)).isFile()) return null;
  const file = await fileSystem.open(path, 'r');
  const { size } = await file.stat();
  return {
    file,
    size,
    contentType: CONTENT_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    immutable: /^assets\/.+-[\w-]{8}\.\w+$/u.test(relative),
  };
}

/** Segments of plain names only; `/` is the page itself. Encoded separators are refused rather than understood. */
function safeRelativePath(urlPath: string): string | null {
  if (!urlPath.startsWith('/') || /%2f|%5c|%00|%25/iu.test(urlPath)) return null;
  let path: string;
  try {
    path = decodeURIComponent(urlPath.slice(1));
  } catch {
    return null;
  }
  if (path === '') return 'index.html';
  if (path.includes('\\') || path.includes('\0') || path.includes(':')) return null;
  const plain = path.split('/').every((segment) => segment !== '' && !segment.startsWith('.'));
  return plain ? path : null;
}
