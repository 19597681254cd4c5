import { z } from 'zod';
import { languageOf, type RankedText } from '../../document/language.ts';
import { readJson } from '../../document/file/read-json.ts';
import type { TrainedModel } from '../../exchange/trained-model.ts';
import type { EngineFiles } from '../engine-files.ts';
import { LanguageModel } from './language-model.ts';

const Texts = z.object({ texts: z.array(z.string()) });

/** What each text of a `predict` input goes on with, or has in its blanks, by a model of characters or words; null where model or input is of another kind. */
export function rankTexts(model: TrainedModel, inputText: string, count: number, engine: EngineFiles): readonly RankedText[] | null {
  if (languageOf(model.signature) === null) return null;
  const json = readJson(inputText);
  const input = Texts.safeParse(json.ok ? json.value : null);
  if (!input.success) return null;
  const language = new LanguageModel(model, engine);
  return input.data.texts.map((text) => language.rank(text, count));
}
