import { parseProjectValue } from '../../document/file/parse-project.ts';
import type { EngineFiles } from '../engine-files.ts';
import { loadData } from '../open-project.ts';
import type { SessionRequests } from '../protocol.ts';
import { summariseData } from '../summaries.ts';

/** What a project's data holds, whatever its graph; what is opened stays as it is. */
export async function dataReply(
  { project: value }: SessionRequests['previewData']['request'],
  engine: EngineFiles,
): Promise<SessionRequests['previewData']['reply']> {
  const parsed = parseProjectValue(value);
  if (!parsed.ok) return { data: null, signature: null, problems: parsed.problems };
  const loaded = await loadData(parsed.project, engine);
  if (!loaded.ok) return { data: null, signature: null, problems: loaded.problems };
  return { data: summariseData(loaded.dataset), signature: loaded.dataset.signature, problems: [] };
}
