import { join } from 'node:path';

/**
 * Where this user's own things are kept: runs, unsaved edits, log, settings. Absolute path; the folder may not exist yet. `UNROLL_USER_FOLDER` puts it
 * elsewhere, for tests and for people who carry their work on a stick. Source: XDG Base Directory Specification; Apple and Microsoft's guidelines.
 */
export function userFolder(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>, home: string): string {
  const chosen = environment['UNROLL_USER_FOLDER'];
  if (chosen !== undefined && chosen !== '') return chosen;
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Unroll');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Unroll');
  const data = environment['XDG_DATA_HOME'];
  return join(data === undefined || !data.startsWith('/') ? join(home, '.local', 'share') : data, 'unroll');
}
