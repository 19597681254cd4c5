import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { extractAll } from '@electron/asar';

const ROOT = join(import.meta.dirname, '../..');
const builder = join(ROOT, 'node_modules/electron-builder/cli.js');

/** By which Electron's program is told where its fuses are, then their version, their number and one digit for each. */
const FUSES = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009000000000';

/** A folder that electron-builder takes for Electron: everything of a real one that it looks at, but that nothing in it runs. */
async function makeHollowElectron(folder: string): Promise<string> {
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'));
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'chrome_crashpad_handler', 'version']) await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'electron'), `no program ${FUSES} but its fuses`);
  await chmod(join(folder, 'electron'), 0o755);
  return folder;
}

/** Runs electron-builder for Linux, with our settings and the given ones on top. */
export async function runBuilder(output: string, more: readonly string[] = []): Promise<string> {
  const electron = await makeHollowElectron(await mkdtemp(join(tmpdir(), 'unroll-hollow-')));
  const settings = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`, ...more];
  const args = [builder, '--linux', 'dir', '--x64', '--config', 'electron-builder.config.ts', '--publish', 'never', ...settings];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, timeout: 240_000, maxBuffer: 1e8 });
  return stdout;
}

export interface Packed {
  readonly folder: string;
  /** The program whose fuses are set. */
  readonly program: string;
  readonly archive: string;
  /**
   * The contents of `app.asar`, in a folder of that name with `app.asar.unpacked` beside it, as Electron shows them to the app. What is unpacked is only
   * there: a thread that reached for what is packed would not find it.
   */
  readonly root: string;
}

/** The app as electron-builder packs it for Linux, far from the repository and its packages. */
export async function packApp(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-packed-'));
  await runBuilder(folder);
  const packed = join(folder, 'linux-unpacked');
  const archive = join(packed, 'resources', 'app.asar');
  const shown = join(folder, 'shown');
  await mkdir(shown);
  extractAll(archive, join(shown, 'app.asar'));
  await rename(`${archive}.unpacked`, join(shown, 'app.asar.unpacked'));
  return { folder, archive, program: join(packed, 'unroll'), root: join(shown, 'app.asar') };
}
