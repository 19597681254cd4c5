import type { Layout, NodePlace } from '../layout.ts';
import type { NodeLook } from './node-look.ts';
import type { Frame, View } from './projection.ts';

/** Everything the painter reads; it holds nothing itself. */
export interface Picture {
  readonly layout: Layout;
  readonly frame: Frame;
  readonly view: View;
  readonly look: (lane: number, t: number) => NodeLook;
  /** Names of the rows. */
  readonly names: readonly string[];
  /** Columns before which truncated BPTT ends the gradient. */
  readonly boundaries: readonly number[];
  /** Under the pointer or the keyboard's cursor. */
  readonly pointed: LitPlace | null;
  /** Its details are shown. */
  readonly chosen: NodePlace | null;
  /** What the debugger's present stage is about. */
  readonly isCurrent: (lane: number, t: number) => boolean;
  /** Bars under the columns: each copy's part of a weight's gradient, 0 to 1 of the largest. Null where there are none. */
  readonly bars: CopyBars | null;
  readonly colours: PictureColours;
}

/** A node, or with t null all copies of a cell alike. */
export interface LitPlace {
  readonly lane: number;
  readonly t: number | null;
}

export interface CopyBars {
  /** Column from 0; `place` on the colour scale; `added` once the walk backward has been there. */
  readonly bars: readonly { readonly column: number; readonly height: number; readonly place: number; readonly added: boolean }[];
  /** All that has been added so far; null before the way back. */
  readonly sum: { readonly height: number; readonly place: number; readonly text: string } | null;
}

export interface PictureColours {
  readonly ground: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly line2: string;
  readonly line3: string;
  readonly text: string;
  readonly mute: string;
  readonly faint: string;
  readonly accent: string;
  readonly bad: string;
  readonly input: string;
  readonly output: string;
  readonly onOutput: string;
  readonly heat: string;
  /** Letters on the bright and on the dark half of the scale. */
  readonly onBright: string;
  readonly onDark: string;
  /** One for each lane: the colour of its function. */
  readonly tones: readonly string[];
}
