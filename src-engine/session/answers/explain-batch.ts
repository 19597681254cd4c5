import { copiesOfRow } from '../../data/batches/batch-rows.ts';
import { readBatch } from '../../data/batches/batch-file.ts';
import { textTokens } from '../../data/text/language.ts';
import { explainInput } from './answer-explain.ts';
import type { EngineFiles } from '../engine-files.ts';
import type { ExplainReply } from './explanations.ts';
import { readSteps } from './given-input.ts';
import type { RunnableModel } from './language-model.ts';

export type Explanation = Omit<ExplainReply, 'step' | 'answer' | 'kept'>;

/** Of each row of an input of `predict`: what its steps did to the answer, the last one where there is one at each step. Throws ProblemError as `readBatch` does. */
export function explainBatch(model: RunnableModel, inputText: string, engine: EngineFiles): readonly Explanation[] {
  const { signature } = model;
  const batch = readBatch(inputText, signature, { targets: false });
  const texts = textsOf(inputText);
  return Array.from({ length: batch.rows }, (_, row) => {
    const single = { ...copiesOfRow(batch, row, 1), targets: null };
    const steps = readSteps(single, textTokens(texts[row] ?? '', signature), signature);
    const { read, of, at, value, contributions, norms } = explainInput(model, { batch: single, steps }, {}, engine);
    return { read, of, at, value, contributions, norms };
  });
}

/** The texts of an input that has been read; none where it has sequences or vectors. */
function textsOf(inputText: string): readonly string[] {
  const value: unknown = JSON.parse(inputText);
  const texts = typeof value === 'object' && value !== null && 'texts' in value ? value.texts : [];
  return Array.isArray(texts) ? texts.map(String) : [];
}
