import type { DecayFit } from '../../../src-engine/analyze/decay-fit.ts';

export interface VerdictText {
  readonly title: string;
  readonly sentence: string;
  readonly consequence: string;
}

/** Of a run that ended with numbers that cannot be fitted. */
export const stoppedText: VerdictText = {
  title: 'Exploding',
  sentence: 'No finite gradient is left to fit.',
  consequence: 'A number grew beyond what 32 bits can hold; where it did first stands below.',
};

function steps(count: number): string {
  const text = count < 10 ? count.toFixed(1) : count.toFixed(0);
  return `${text} ${text === '1.0' ? 'step' : 'steps'}`;
}

/** Which stretch of a flow that bends is meant. */
function stretch({ whole, from, to }: DecayFit): string {
  if (whole) return '';
  return from === 0 ? ` over the last ${String(to)} steps` : ` from ${String(from)} steps back on`;
}

function vanishing(fit: DecayFit): Omit<VerdictText, 'title'> {
  const { factorPerStep, halfLife, from } = fit;
  const lost = 'what came earlier barely counts.';
  if (halfLife === null || factorPerStep === 0)
    return { sentence: 'Nothing of it is left before the first step: vanishing.', consequence: `The loss does not move it: ${lost}` };
  const hundredth = from + Math.ceil(Math.log(0.01) / Math.log(factorPerStep));
  return {
    sentence: `Shrinks to ${factorPerStep.toFixed(2)} per step${stretch(fit)}, half-life ${steps(halfLife)}: vanishing.`,
    consequence: `Less than 1 % is left ${String(hundredth)} steps before the loss: ${lost}`,
  };
}

function healthySentence(fit: DecayFit): string {
  const { factorPerStep, halfLife } = fit;
  if (Math.abs(factorPerStep - 1) < 0.005) return `Keeps its size from step to step${stretch(fit)}: healthy.`;
  const factor = factorPerStep.toFixed(2);
  if (halfLife === null) return `Grows to ${factor} per step${stretch(fit)}: healthy.`;
  return `Shrinks to ${factor} per step${stretch(fit)}, half-life ${steps(halfLife)}: healthy.`;
}

/** The fit in words; the sentence is the one the command line prints too. */
export function verdictText(fit: DecayFit): VerdictText {
  switch (fit.verdict) {
    case 'vanishing':
      return { title: 'Vanishing', ...vanishing(fit) };
    case 'exploding':
      return {
        title: 'Exploding',
        sentence:
          fit.doubling === null
            ? 'Overflows on its way back: exploding.'
            : `Grows to ${fit.factorPerStep.toFixed(2)} per step${stretch(fit)}, doubles every ${steps(fit.doubling)}: exploding.`,
        consequence: 'Clip by norm, or lower the learning rate: one long sequence can throw the weights far off.',
      };
    case 'healthy':
      return { title: 'Healthy', sentence: healthySentence(fit), consequence: 'Early steps still reach the loss with a useful gradient.' };
  }
}
