/** A file of an export that is more than one, its path with forward slashes. */
export interface ProjectFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(path: string, content: string): ProjectFile {
  return { path, bytes: new TextEncoder().encode(content) };
}
