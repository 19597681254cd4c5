import { isAbsolute } from 'node:path';
import type { IpcMain, WebContents } from 'electron';
import { z } from 'zod';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { Replies, Reply } from '../contract.ts';
import { bugProblem, type RequestReport } from '../host/answer-request.ts';
import type { DataFiles } from '../host/files/data-files.ts';
import { fileProblem } from '../host/files/file-problems.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import type { DialogFiles } from '../host/files/project-files.ts';
import { DROP_CHANNEL } from './channels.ts';
import { isFromWindow } from './requests.ts';

/** What the preload sends of files that were dropped on the window. An empty path is that of a file which the page made itself. */
const dropSchema = z.strictObject({
  what: z.enum(['project', 'file', 'files', 'folder', 'vectors']),
  paths: z.array(z.string().max(10_000)).min(1).max(1000),
});
type Drop = z.infer<typeof dropSchema>;

export interface DropServices {
  readonly files: DialogFiles;
  readonly data: DataFiles;
  readonly fileSystem: Pick<FileSystem, 'stat'>;
  readonly window: () => WebContents | null;
  readonly report: RequestReport;
  /** A project was opened. */
  readonly used: (handle: string) => Promise<void>;
}

type DropReply = Reply<'project.open'> | Reply<'data.choose'>;

/** Takes what a person drops on the window: a project is opened, data gets a token. */
export function serveDrops(ipcMain: IpcMain, services: DropServices): void {
  ipcMain.handle(DROP_CHANNEL, async (event, message: unknown): Promise<DropReply> => {
    if (!isFromWindow(event, services.window())) throw new Error('refused: not the window of this app');
    const drop = dropSchema.parse(message);
    try {
      return { ok: true, value: await take(drop, services) } as DropReply;
    } catch (error) {
      if (!(error instanceof ProblemError)) return { ok: false, problems: [bugProblem(services.report.bug(error, 'drop'))] };
      services.report.refused('drop', error.problems);
      return { ok: false, problems: error.problems };
    }
  });
}

async function take({ what, paths }: Drop, { files, data, fileSystem, used }: DropServices): Promise<Replies['project.open'] | Replies['data.choose']> {
  const [first = ''] = paths;
  for (const path of paths) await check(path, what === 'folder', fileSystem);
  if (what === 'project') {
    const opened = await files.openPath(first);
    await used(opened.handle);
    return { opened };
  }
  return { chosen: await data.keep({ kind: what === 'vectors' ? 'file' : what, paths: what === 'files' ? paths : [first] }) };
}

/** Throws ProblemError U051 where it is no file, or no folder, of this computer. */
async function check(path: string, folder: boolean, fileSystem: DropServices['fileSystem']): Promise<void> {
  if (!isAbsolute(path))
    throw new ProblemError([problem('U051', 'What was dropped is not a file of this computer.', 'Save it first, or choose it with Open.')]);
  let stats;
  try {
    stats = await fileSystem.stat(path);
  } catch (error) {
    throw new ProblemError([fileProblem('read', path, error)]);
  }
  if (folder ? stats.isDirectory() : stats.isFile()) return;
  throw new ProblemError([problem('U051', `"${path}" is not a ${folder ? 'folder' : 'file'}.`, 'Drop a file, or a folder with one folder for each class.')]);
}
