import type { Command } from '../state/commands.ts';
import type { Painter } from './paint/painter.ts';

const ZOOM = 1.3;

/** Commands of the open picture; its keys are the canvas's. */
export function viewCommands(painter: Painter): readonly Command[] {
  const entry = (id: string, title: string, shortcuts: readonly string[], run: () => void): Command => ({
    id: `unrolled.${id}`,
    title,
    group: 'View',
    shortcuts,
    enabled: () => true,
    run,
  });
  return [
    entry('fit', 'Frame all steps', ['f'], () => {
      painter.fit();
    }),
    entry('zoomIn', 'Zoom in', ['$mod+=', '='], () => {
      painter.zoom(ZOOM);
    }),
    entry('zoomOut', 'Zoom out', ['$mod+-', '-'], () => {
      painter.zoom(1 / ZOOM);
    }),
  ];
}
