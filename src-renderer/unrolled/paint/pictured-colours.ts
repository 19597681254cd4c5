import { cssColour } from '../../charts/css-colours.ts';
import type { Lane } from '../network-lanes.ts';
import type { PictureColours } from './picture.ts';

/** What green is mixed with, so that functions of their own weights can be told apart: none, blue, yellow, violet. */
const MIXED = [null, '--accent', '--warn', '--shape'] as const;

/** The colours of the page for a painter, with one tone for each lane: inputs red-brown, states green, outputs blue. */
export function picturedColours(lanes: readonly Lane[]): (canvas: HTMLElement) => PictureColours {
  return (canvas) => {
    const read = (name: string): string => cssColour(canvas, name);
    let cells = 0;
    const cellTone = (): string => {
      const other = MIXED[cells++ % MIXED.length] ?? null;
      return other === null ? read('--state') : `color-mix(in srgb, ${read('--state')} 52%, ${read(other)})`;
    };
    return {
      ground: read('--bg'),
      panel: read('--panel'),
      raised: read('--raised'),
      line: read('--line'),
      line2: read('--line2'),
      line3: read('--line3'),
      text: read('--text'),
      mute: read('--mute'),
      faint: read('--faint'),
      accent: read('--accent'),
      bad: read('--bad'),
      input: read('--in'),
      output: read('--out'),
      onOutput: read('--on-accent'),
      heat: read('--heatbg'),
      onBright: read('--on-bright'),
      onDark: read('--on-dark'),
      tones: lanes.map(({ kind }) => (kind === 'input' ? read('--in') : kind === 'output' ? read('--out') : cellTone())),
    };
  };
}
