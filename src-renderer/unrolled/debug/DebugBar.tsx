import { ChevronLeft, ChevronRight, Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { SPEEDS, unrolledStore, useUnrolled } from '../../state/unrolled-store.ts';
import { useShortcut } from '../../state/commands.ts';
import { ButtonGroup } from '../../ui/ButtonGroup.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import type { DebugAction } from './debug-machine.ts';
import type { DebugScript, Stage } from './debug-script.ts';
import { stageSentence, stageTitle } from './stage-text.ts';
import type { DebugReply } from './use-debug.ts';
import { walk } from './use-playing.ts';

interface DebugBarProps {
  readonly script: DebugScript;
  readonly reply: DebugReply;
  readonly position: number;
}

const PHASES = [
  { phase: 'forward', label: 'forward' },
  { phase: 'loss', label: 'loss' },
  { phase: 'backward', label: 'backward' },
  { phase: 'update', label: 'update' },
] as const;

/** Keys of the whole bar; a slider's own arrows do the same. */
const KEYS: Readonly<Record<string, DebugAction>> = {
  ArrowLeft: { kind: 'previous' },
  ArrowRight: { kind: 'next' },
  Home: { kind: 'first' },
  End: { kind: 'last' },
};

/** The walk through an example: forward, the loss, backward, the update. */
export function DebugBar({ script, reply, position }: DebugBarProps): React.JSX.Element {
  const playing = useUnrolled((unrolled) => unrolled.playing);
  const speed = useUnrolled((unrolled) => unrolled.speed);
  const stage = script.stages[position] ?? { phase: 'start' as const };
  const last = script.stages.length - 1;
  const press = (event: React.KeyboardEvent): void => {
    const onSlider = event.target instanceof HTMLInputElement;
    const action = event.key === ' ' && onSlider ? ({ kind: 'toggle' } as const) : KEYS[event.key];
    if (action === undefined || (event.target instanceof Element && event.target.closest('[role="radio"]') !== null)) return;
    event.preventDefault();
    walk(script, action);
  };
  return (
    <div className="unrolled-walk" role="group" aria-label="Walk through the example" onKeyDown={press}>
      <Transport script={script} position={position} last={last} playing={playing} />
      <input
        type="range"
        className="unrolled-scrubber"
        aria-label="Stage of the walk"
        aria-valuetext={stageTitle(stage, reply)}
        min={0}
        max={last}
        value={position}
        onChange={(event) => {
          walk(script, { kind: 'seek', position: Number(event.target.value) });
        }}
      />
      <Segmented
        label="Speed"
        value={speed}
        options={(Object.keys(SPEEDS) as (keyof typeof SPEEDS)[]).map((value) => ({ value, label: value }))}
        onChange={(value) => {
          unrolledStore.setState({ speed: value });
        }}
      />
    </div>
  );
}

interface TransportProps {
  readonly script: DebugScript;
  readonly position: number;
  readonly last: number;
  readonly playing: boolean;
}

function Transport({ script, position, last, playing }: TransportProps): React.JSX.Element {
  const shortcuts = { next: useShortcut('unrolled.next'), previous: useShortcut('unrolled.previous'), play: useShortcut('unrolled.play') };
  const button = (label: string, icon: React.ReactNode, action: DebugAction, disabled: boolean, shortcut: string | null): React.JSX.Element => (
    <IconButton
      label={label}
      icon={icon}
      shortcut={shortcut}
      disabled={disabled}
      onClick={() => {
        walk(script, action);
      }}
    />
  );
  return (
    <ButtonGroup label="Steps of the walk">
      {button('To the start', <SkipBack aria-hidden />, { kind: 'first' }, position === 0, null)}
      {button('One step back', <ChevronLeft aria-hidden />, { kind: 'previous' }, position === 0, shortcuts.previous)}
      {button(playing ? 'Pause the walk' : 'Play', playing ? <Pause aria-hidden /> : <Play aria-hidden />, { kind: 'toggle' }, last === 0, shortcuts.play)}
      {button('One step on', <ChevronRight aria-hidden />, { kind: 'next' }, position >= last, shortcuts.next)}
      {button('To the end', <SkipForward aria-hidden />, { kind: 'last' }, position >= last, null)}
    </ButtonGroup>
  );
}

/** Where the walk is, in a pill and a sentence. */
export function StageNote({ script, reply, position }: DebugBarProps): React.JSX.Element {
  const stage: Stage = script.stages[position] ?? { phase: 'start' };
  const sentence = stageSentence(script, position, reply);
  return (
    <div className="unrolled-stage">
      <p role="status" aria-label="Stage">
        <span className="unrolled-pill" data-phase={stage.phase}>
          {stageTitle(stage, reply)}
        </span>
        <span className="unrolled-sentence" title={sentence}>
          {sentence}
        </span>
      </p>
      <div className="unrolled-phases" role="group" aria-label="Phases">
        {PHASES.map(({ phase, label }) => (
          <button
            key={phase}
            type="button"
            className="unrolled-phase"
            aria-pressed={stage.phase === phase}
            onClick={() => {
              walk(script, { kind: 'phase', phase });
            }}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}
