import type { FileDialogs } from '../host/files/project-files.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import type { EnginePlace } from '../host/engine-thread.ts';
import type { Log } from '../host/log.ts';
import { EnginePair } from '../host/engine-pair.ts';
import { enterFolders, openKeeping, type Keeping } from '../host/keeping/keeping.ts';
import { logEngine } from '../host/log-run.ts';
import { DialogFiles } from '../host/files/project-files.ts';
import { RecentProjects } from '../host/files/recent-projects.ts';
import { openRuns, type Runs } from '../host/runs/open-runs.ts';

export interface HostPartsServices {
  readonly place: EnginePlace;
  /** The user's own. */
  readonly folder: string;
  readonly log: Log;
  readonly dialogs: FileDialogs;
  readonly fileSystem: FileSystem;
  readonly randomId: () => string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Windows that are open. */
  readonly windows: () => number;
}

/** What is behind the window: files, recent projects, the engine with its runs, and what keeps work through a crash. */
export interface HostParts {
  readonly files: DialogFiles;
  readonly recent: RecentProjects;
  readonly runs: Runs;
  readonly keeping: Keeping;
  /** In the order in which one needs the other. */
  close(): Promise<void>;
}

export function openHostParts({ place, folder, log, dialogs, fileSystem, randomId, clock, windows }: HostPartsServices): HostParts {
  const folders = enterFolders({ fileSystem, randomId, userFolder: folder });
  void folders.sweep();
  const files = new DialogFiles(dialogs, { fileSystem, randomId, enterFolder: (entered) => folders.enter(entered) });
  const thread = new EnginePair({ ...place, reportBug: (error) => log.bug(error, 'the engine') });
  logEngine((listener) => thread.onEvent(listener), log);
  const runs = openRuns({ engine: thread, files, userFolder: folder, clock, randomId, windows });
  const keeping = openKeeping({ trail: runs, files, userFolder: folder, fileSystem, randomId, clock, now: () => performance.now() });
  return {
    files,
    recent: new RecentProjects(folder, { fileSystem, randomId, now: clock }),
    runs,
    keeping,
    close: async () => {
      await keeping.close();
      await runs.close();
      await thread.close();
      await log.close();
    },
  };
}
