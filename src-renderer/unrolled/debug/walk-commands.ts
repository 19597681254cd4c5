import type { Command } from '../../state/commands.ts';
import type { DebugAction } from './debug-machine.ts';
import type { DebugScript } from './debug-script.ts';
import { walk } from './use-playing.ts';

/** Commands of the walk through an example. */
export function walkCommands(script: DebugScript): readonly Command[] {
  const entry = (id: string, title: string, shortcuts: readonly string[], action: DebugAction): Command => ({
    id: `unrolled.${id}`,
    title,
    group: 'Debugger',
    shortcuts,
    enabled: () => true,
    run: () => {
      walk(script, action);
    },
  });
  return [
    entry('next', 'Walk: one step on', ['.'], { kind: 'next' }),
    entry('previous', 'Walk: one step back', [','], { kind: 'previous' }),
    entry('play', 'Walk: play or pause', ['p'], { kind: 'toggle' }),
    entry('first', 'Walk: to the start', ['Shift+Home'], { kind: 'first' }),
    entry('last', 'Walk: to the end', ['Shift+End'], { kind: 'last' }),
    entry('loss', 'Walk: to the loss', [], { kind: 'phase', phase: 'loss' }),
    entry('update', 'Walk: to the update', [], { kind: 'phase', phase: 'update' }),
  ];
}
