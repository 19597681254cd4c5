import { visible } from '../../panels/data/visible-token.ts';
import { formatNumber, formatShare } from '../../charts/format-number.ts';
import type { DebugScript, Stage } from './debug-script.ts';
import { answerText, inputText } from '../example-model.ts';
import type { DebugReply } from './use-debug.ts';

/** The pill: `backward · t = 9`. */
export function stageTitle(stage: Stage, reply: DebugReply): string {
  const window = reply.windows.length > 1 && stage.phase !== 'start' ? `window ${stage.window + 1} · ` : '';
  switch (stage.phase) {
    case 'start':
      return 'start';
    case 'forward':
    case 'backward':
      return `${window}${stage.phase} · t = ${stage.t}`;
    case 'loss':
    case 'update':
      return `${window}${stage.phase}`;
  }
}

/** What happens at a stage, in a sentence. */
export function stageSentence(script: DebugScript, position: number, reply: DebugReply): string {
  const stage = script.stages[position];
  if (stage === undefined) return '';
  switch (stage.phase) {
    case 'start':
      return `${reply.inputSteps} ${reply.inputSteps === 1 ? 'step' : 'steps'} to read. Step forward to see each value appear.`;
    case 'forward':
      return forwardSentence(stage, reply);
    case 'loss':
      return lossSentence(reply, stage.window);
    case 'backward': {
      const { from = 1, to = reply.steps } = reply.windows[stage.window] ?? {};
      const length = stage.axis === 'targets' ? reply.targetSteps : Math.min(to, reply.inputSteps) - from + 1;
      const first = stage.axis === 'targets' ? 1 : from;
      const added = stage.mirrored ? stage.t - first + 1 : first + length - stage.t;
      return `${added} of ${length} copies ${added === 1 ? 'has' : 'have'} added ${added === 1 ? 'its' : 'their'} part to ∂L/∂W`;
    }
    case 'update':
      return updateSentence(reply, stage.window);
  }
}

function forwardSentence({ t, axis, mirrored }: Extract<Stage, { readonly axis: unknown }>, reply: DebugReply): string {
  if (axis === 'targets') return `The decoder makes step ${t} of ${reply.targetSteps} of its answer`;
  const before = mirrored ? t + 1 : t - 1;
  const begins = mirrored ? t === reply.inputSteps : t === 1;
  const text = reply.read.length === reply.inputSteps ? ` and “${inputText(reply, t)}”` : ` and the input at t = ${t}`;
  return begins ? `h at t = ${t} comes from the first state${text}` : `h at t = ${t} comes from h at t = ${before}${text}`;
}

function lossSentence(reply: DebugReply, window: number): string {
  const own = reply.windows.length > 1 ? reply.windows[window]?.loss : reply.loss;
  const loss = `Loss ${formatNumber(Number(own ?? reply.loss))}`;
  const [only] = reply.outputs;
  if (reply.outputs.length !== 1 || only === undefined)
    return `${loss}, the mean over ${reply.outputs.filter(({ weight }) => weight > 0).length} steps with a target`;
  const [first] = only.answer.ranked;
  const answer = first === undefined ? answerText(only.answer).replaceAll('\n', ', ') : `“${visible(first.class)}” (${formatShare(first.probability)})`;
  const wanted = only.target === null ? '' : `, wanted “${visible(only.target)}”`;
  return `${loss}: answered ${answer}${wanted}`;
}

function updateSentence({ reduce, windows }: DebugReply, index: number): string {
  const window = windows[index];
  if (window?.finite === false) return 'The gradient is not finite: training would stop here, and the weights stay as they are';
  const factor = Number(window?.clipFactor ?? 1);
  const clipped = factor < 1 ? `, clipped to ${formatNumber(factor)} of it,` : (window?.clippedNumbers ?? 0) > 0 ? ', clipped,' : '';
  return `The ${reduce} of the copies’ parts${clipped} changes the shared weights once`;
}
