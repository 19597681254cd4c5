import type { RunSummary } from '../../../src-main/contract.ts';
import { metricName, scoreText } from '../score-text.ts';

const STATES: Readonly<Record<RunSummary['state'], string>> = {
  running: 'training',
  paused: 'paused',
  done: 'done',
  failed: 'not finite',
  ended: 'ended early',
  interrupted: 'interrupted',
};

export function stateText(state: RunSummary['state']): string {
  return STATES[state];
}

/** What the run changed of the one before it. */
export function differenceText(difference: RunSummary['difference']): string {
  if (difference === null) return 'first run';
  return difference.length === 0 ? 'nothing changed' : difference.join(' · ');
}

export function runScore({ score }: Pick<RunSummary, 'score'>): { readonly text: string; readonly about: string } | null {
  if (score === null) return null;
  return { text: scoreText(score.metric, score.score), about: `${score.part === 'test' ? 'test' : 'validation'} ${metricName(score.metric)}` };
}

/** `Nov 23, 14:05`. */
export function startedText(started: number): string {
  return new Date(started).toLocaleString('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false });
}
