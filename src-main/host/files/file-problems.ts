import { problem, type Problem } from '../../../src-engine/document/problems.ts';

interface Reason {
  readonly what: string;
  readonly fix: string;
}

/** What the system's error codes mean to the person whose file it was. */
const REASONS: Readonly<Record<string, Reason>> = {
  EACCES: { what: 'access to it is not permitted', fix: 'Choose another folder, or change the permissions of this one.' },
  EPERM: { what: 'access to it is not permitted', fix: 'Choose another folder, or change the permissions of this one.' },
  EROFS: { what: 'it lies on a disk that can only be read', fix: 'Choose a folder on another disk.' },
  ENOSPC: { what: 'the disk is full', fix: 'Free some space, or choose a folder on another disk.' },
  EDQUOT: { what: 'your share of the disk is used up', fix: 'Free some space, or choose a folder on another disk.' },
  EFBIG: { what: 'it is larger than the disk allows', fix: 'Choose a folder on another disk.' },
  EXDEV: { what: 'its folder spans two disks', fix: 'Choose a folder that lies on one disk.' },
  ENOENT: { what: 'it, or the folder it should be in, is not there', fix: 'Check the path; the folder may have been moved or renamed.' },
  ENOTDIR: { what: 'a part of its path is not a folder', fix: 'Check the path.' },
  EISDIR: { what: 'it is a folder', fix: 'Name a file.' },
  ENAMETOOLONG: { what: 'its name is too long', fix: 'Choose a shorter name.' },
  ELOOP: { what: 'its path leads in a circle of links', fix: 'Check the links on the path.' },
  EMFILE: { what: 'too many files are open', fix: 'Close other programs and try again.' },
  EBUSY: { what: 'another program holds it', fix: 'Close the other program and try again.' },
  EIO: { what: 'the disk reported an error', fix: 'Choose a folder on another disk, and check this one.' },
};

/** U051 for a file that could not be read or written; the old content is untouched when this is returned. */
export function fileProblem(action: 'read' | 'written', shownPath: string, error: unknown): Problem {
  const code = errorCode(error);
  const reason = code === null ? undefined : REASONS[code];
  const what = reason?.what ?? (error instanceof Error ? error.message : String(error));
  const suffix = code === null ? '' : ` (${code})`;
  return problem('U051', `"${shownPath}" cannot be ${action}: ${what}${suffix}.`, reason?.fix ?? 'Choose another file or folder.');
}

/** The system's name of an error, e.g. `ENOSPC`; null where it has none. */
export function errorCode(error: unknown): string | null {
  if (error === null || typeof error !== 'object' || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
