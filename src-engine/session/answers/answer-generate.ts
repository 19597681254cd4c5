import type { EngineFiles } from '../engine-files.ts';
import { LanguageModel } from './language-model.ts';
import type { OpenedProject } from '../open-project.ts';
import type { RankReply, RankRequest, SampleReply, SampleRequest } from '../protocol.ts';

export interface GenerateSurroundings {
  readonly engine: EngineFiles;
  readonly now: () => number;
  readonly later: (work: () => void) => void;
}

/** Milliseconds of writing between two looks at what else there is to do: training goes on meanwhile. */
const SLICE = 8;

/** Writes with the weights as they are now, on a memory of its own. Throws ProblemError U044. */
export async function sampleReply(opened: OpenedProject, request: SampleRequest, { engine, now, later }: GenerateSurroundings): Promise<SampleReply> {
  const { run } = opened;
  const { step } = run;
  const { read, pieces } = languageModel(opened, engine).sample(request);
  let text = '';
  let spent = 0;
  let since = now();
  for (const piece of pieces) {
    text += piece;
    const time = now();
    if (time - since < SLICE) continue;
    spent += time - since;
    await new Promise<void>((resolve) => {
      later(resolve);
    });
    since = now();
  }
  spent += now() - since;
  const steps = Math.max(1, read.ids.length) + request.length - 1;
  return { step, text, unknown: read.unknown, stepsPerSecond: steps / Math.max(spent / 1000, 1e-9) };
}

/** What comes next, or belongs in the blank, by the weights as they are now. Throws ProblemError U044. */
export function rankReply(opened: OpenedProject, { text, count }: RankRequest, engine: EngineFiles): RankReply {
  const model = languageModel(opened, engine);
  const { kind, unit } = model.language;
  return { step: opened.run.step, kind, unit, ...model.rank(text, count) };
}

function languageModel({ project, dataset, run }: OpenedProject, engine: EngineFiles): LanguageModel {
  return new LanguageModel({ project, signature: dataset.signature, parameters: run.readParameters() }, engine);
}
