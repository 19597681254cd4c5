import type { GradientRemedy } from '../../../src-engine/document/remedies/gradient-remedies.ts';
import { judgeRemedy, type Judgement, type RunMeasure, type RunNumber } from '../../../src-engine/document/remedies/judge-remedy.ts';
import { formatNumber } from '../../charts/format-number.ts';

const names: Readonly<Record<RunNumber, string>> = { factor: 'factor per step', loss: 'loss', norm: 'largest norm' };

const predictions: Readonly<Record<RunNumber, string>> = {
  factor: 'the factor per step comes nearer to 1',
  loss: 'the loss is lower',
  norm: 'the largest gradient norm is smaller',
};

/** What a remedy promises, as a sentence. */
export function predictionText({ number, because }: GradientRemedy['predicts']): string {
  return `Predicted: ${predictions[number]}. ${because}`;
}

/** One number of a run before and after a change. */
interface ForkRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly better: boolean;
  /** The remedy said that this would get better. */
  readonly predicted: boolean;
}

export interface ForkText {
  readonly verdict: Judgement['verdict'];
  readonly sentence: string;
  readonly rows: readonly ForkRow[];
}

const finite = (value: number): string => (Number.isFinite(value) ? formatNumber(value) : 'not finite');

function valueText(number: RunNumber, { factor, loss, norm }: RunMeasure): string {
  if (number === 'factor') return factor === null ? 'none to fit' : factor.toFixed(2);
  return finite(number === 'loss' ? loss : norm);
}

/** Whether the change helped, said of the numbers at the same step. */
export function forkText(predicted: RunNumber, before: RunMeasure, after: RunMeasure): ForkText {
  const judgement = judgeRemedy(predicted, before, after);
  const row = (number: RunNumber): ForkRow => ({
    name: names[number],
    before: valueText(number, before),
    after: valueText(number, after),
    better: judgement.better[number],
    predicted: number === predicted,
  });
  return { verdict: judgement.verdict, sentence: sentenceOf(predicted, before, after, judgement), rows: [row('factor'), row('loss'), row('norm')] };
}

function sentenceOf(predicted: RunNumber, before: RunMeasure, after: RunMeasure, { verdict, asPredicted }: Judgement): string {
  if (after.step < before.step) return `It did not help: the run ended before step ${before.step.toLocaleString('en')}.`;
  switch (verdict) {
    case 'helped':
      return predicted === 'loss'
        ? `It helped, as predicted: ${lossText(before)}.`
        : `It helped: ${predictions[predicted]}, as predicted, and ${lossText(before)}.`;
    case 'mixed':
      return asPredicted
        ? `As predicted ${predictions[predicted]}, but the loss is not lower yet.`
        : `${capital(lossText(before))}, but not because ${predictions[predicted]}: that did not happen.`;
    case 'not':
      return `It did not help: what was predicted, that ${predictions[predicted]}, did not happen.`;
  }
}

const lossText = (before: RunMeasure): string => (Number.isFinite(before.loss) ? 'the loss is lower' : 'the loss is finite');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
