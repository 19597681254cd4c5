import type { DecayFit } from '../../charts/decay-fit.ts';

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

/** The fit in words; the sentence is the one the command line prints too. */
export function verdictText({ factorPerStep, halfLife, verdict }: DecayFit): VerdictText {
  const factor = factorPerStep.toFixed(2);
  switch (verdict) {
    case 'vanishing': {
      const hundredth = Math.log(0.01) / Math.log(factorPerStep);
      return {
        title: 'Vanishing',
        sentence: `Shrinks to ${factor} per step, half-life ${steps(halfLife)}: vanishing.`,
        consequence: `Less than 1 % is left ${Math.ceil(hundredth)} steps before the loss: what came earlier barely counts.`,
      };
    }
    case 'exploding':
      return {
        title: 'Exploding',
        sentence: `Grows to ${factor} per step, doubles every ${steps(-halfLife)}: exploding.`,
        consequence: 'Clip by norm, or lower the learning rate: one long sequence can throw the weights far off.',
      };
    case 'healthy':
      return {
        title: 'Healthy',
        sentence:
          Math.abs(factorPerStep - 1) < 0.005
            ? 'Keeps its size from step to step: healthy.'
            : factorPerStep < 1
              ? `Shrinks to ${factor} per step, half-life ${steps(halfLife)}: healthy.`
              : `Grows to ${factor} per step: healthy.`,
        consequence: 'Early steps still reach the loss with a useful gradient.',
      };
  }
}
