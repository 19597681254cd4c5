import { describeImport } from '../../data/import/describe-import.ts';
import type { ImportServices } from '../../data/import/import-services.ts';
import { DEFAULT_SPLIT } from '../../document/defaults.ts';
import { pathOfSource } from '../../document/data/import-options.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { proposeProject } from '../../scenarios/propose-project.ts';
import type { DataDescription, DescribeRequest } from './data-description.ts';
import type { EngineFiles } from '../engine-files.ts';

/** Looks into files that are to be imported, and proposes a project for them. Throws ProblemError U030, U036. */
export async function answerDescribe(
  { source, options, chosen, depth, name }: Omit<DescribeRequest, 'folder'>,
  engine: EngineFiles,
  imports: ImportServices,
): Promise<DataDescription> {
  if (pathOfSource(source) === null) {
    throw new ProblemError([problem('U030', `"${source}" is no file.`, 'Choose a file or a folder.', { path: 'data.source' })]);
  }
  const { description } = await describeImport({ source, options, split: DEFAULT_SPLIT }, depth, chosen, engine.assets, imports);
  return { ...description, project: description.problems.length > 0 ? null : proposeProject(name, description.data, description.vectors?.size ?? null) };
}
