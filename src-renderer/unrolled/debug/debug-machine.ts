import type { DebugScript, Stage } from './debug-script.ts';

/** Where somebody stands in the walk through an example. */
export interface DebugState {
  /** Index into `DebugScript.stages`. */
  readonly position: number;
  readonly playing: boolean;
}

export type DebugAction =
  | { readonly kind: 'next' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'first' }
  | { readonly kind: 'last' }
  | { readonly kind: 'seek'; readonly position: number }
  /** To the first stage of a phase in the window one stands in. */
  | { readonly kind: 'phase'; readonly phase: Exclude<Stage['phase'], 'start'> }
  | { readonly kind: 'toggle' }
  /** The clock's, while it plays. */
  | { readonly kind: 'tick' };

export const AT_START: DebugState = { position: 0, playing: false };

/** Pure: every way to move through the walk. Whatever one does by hand ends the playing; the clock ends it at the last stage. */
export function debugStep(state: DebugState, action: DebugAction, { stages }: DebugScript): DebugState {
  const last = stages.length - 1;
  const at = (position: number): DebugState => ({ position: Math.min(last, Math.max(0, position)), playing: false });
  switch (action.kind) {
    case 'next':
      return at(state.position + 1);
    case 'previous':
      return at(state.position - 1);
    case 'first':
      return at(0);
    case 'last':
      return at(last);
    case 'seek':
      return at(action.position);
    case 'phase':
      return at(startOfPhase(stages, state.position, action.phase));
    case 'toggle':
      if (state.playing) return { ...state, playing: false };
      return { position: state.position >= last ? 0 : state.position, playing: last > 0 };
    case 'tick': {
      if (!state.playing) return state;
      const position = Math.min(last, state.position + 1);
      return { position, playing: position < last };
    }
  }
}

/** First stage of a phase in the window of a position; where that window has none, in the first one that has. */
function startOfPhase(stages: readonly Stage[], position: number, phase: Stage['phase']): number {
  const here = stages[position];
  const window = here === undefined || here.phase === 'start' ? 0 : here.window;
  const inWindow = stages.findIndex((stage) => stage.phase === phase && stage.phase !== 'start' && stage.window === window);
  const anywhere = stages.findIndex((stage) => stage.phase === phase);
  return inWindow === -1 ? Math.max(anywhere, 0) : inWindow;
}

/** Whether a node has its value, and its gradient, at a position. */
export function reachedAt({ valueAt, gradientAt }: DebugScript, position: number, lane: number, t: number): 'nothing' | 'value' | 'gradient' {
  if ((gradientAt[lane]?.[t - 1] ?? Number.POSITIVE_INFINITY) <= position) return 'gradient';
  return (valueAt[lane]?.[t - 1] ?? Number.POSITIVE_INFINITY) <= position ? 'value' : 'nothing';
}

/** Whether a node is what the present stage is about. */
export function isCurrent({ valueAt, gradientAt }: DebugScript, position: number, lane: number, t: number): boolean {
  return position > 0 && (valueAt[lane]?.[t - 1] === position || gradientAt[lane]?.[t - 1] === position);
}
