import { TermText } from '../glossary/TermText.tsx';
import type { Probe } from '../../state/run-store.ts';
import { isFirstWindowOnly, type MapRow } from './gradient-rows.ts';

interface MapMarks {
  /** Steps that no example reaches, or that the loss does not depend on. */
  readonly masked: boolean;
  readonly nonFinite: boolean;
  /** Ends of windows of truncated BPTT. */
  readonly windows: boolean;
  /** Nothing is measured behind the first of them. */
  readonly firstWindowOnly: boolean;
}

/** Which of the signs that are no colours a picture has. */
export function marksIn(rows: readonly MapRow[], frame: Probe, masked: (column: number, row: number) => boolean, boundaries: readonly number[]): MapMarks {
  let [someMasked, someNonFinite] = [false, false];
  for (const [index, { values }] of rows.entries()) {
    for (let column = 0; column < frame.steps; column++) {
      if (masked(column, index)) someMasked = true;
      else if (!Number.isFinite(values[column])) someNonFinite = true;
    }
  }
  return {
    masked: someMasked,
    nonFinite: someNonFinite,
    windows: boundaries.length > 0,
    firstWindowOnly: isFirstWindowOnly(rows.length, frame.steps, masked, boundaries),
  };
}

const FIRST_WINDOW =
  'Hatched: not measured. Truncated BPTT lets no gradient past the end of a window, so the probe runs the first window of the examples, as a sequence of its own.';

/** What hatches and lines of the picture mean; only those that it has. */
export function MapLegend({ masked, nonFinite, windows, firstWindowOnly }: MapMarks): React.JSX.Element {
  return (
    <span className="map-legend">
      {masked ? (
        <span title={firstWindowOnly ? FIRST_WINDOW : 'Hatched: no example is so long, or the loss does not depend on the time step'}>
          <i data-mark="masked" aria-hidden />
          {firstWindowOnly ? 'measured on the first window only' : <TermText text="masked" terms={['masked']} />}
        </span>
      ) : null}
      {nonFinite ? (
        <span title="Hatched in red: the number is infinite or not a number">
          <i data-mark="non-finite" aria-hidden />
          not finite
        </span>
      ) : null}
      {windows ? (
        <span title="Dashed: here truncated BPTT ends the gradient">
          <i data-mark="window" aria-hidden />
          <TermText text="window ends" terms={['truncated-bptt']} />
        </span>
      ) : null}
    </span>
  );
}
