import { totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { loadEngineFiles, type EngineFiles } from '../../src-engine/session/engine-files.ts';
import { importServices } from '../../src-engine/session/import-services.ts';
import type { Context } from './context.ts';
import { LoadingLine } from './terminal/loading-line.ts';

/** The engine for a project or model file, in whose folder the paths of imported data start. */
export async function engineFor(path: string, context: Context): Promise<EngineFiles> {
  const line = new LoadingLine(context);
  const folder = dirname(resolve(context.folder, path));
  const tell = (loading: Parameters<LoadingLine['show']>[0]): void => {
    line.show(loading);
  };
  const imports = importServices({ folder, tell, cancelled: () => false, now: context.now, memory: totalmem() });
  return { ...(await loadEngineFiles(context.engine.engineDirectory)), imports };
}
