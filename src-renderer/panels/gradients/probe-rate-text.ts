import type { Progress } from '../../../src-engine/session/protocol.ts';
import { formatShare } from '../../charts/format-number.ts';

interface ProbeRateText {
  readonly short: string;
  readonly long: string;
}

/** To two figures: a rate that is drawn anew ten times a second should not flicker. */
const rounded = (value: number): string => String(Number(value.toPrecision(2)));

function everyText(milliseconds: number): string {
  return milliseconds < 1000 ? `${rounded(milliseconds)} ms` : `${rounded(milliseconds / 1000)} s`;
}

/** How often a run is probed, on how many examples, and what share of the time that takes. */
export function probeRateText({ every, share }: NonNullable<Progress['probing']>, examples: number): ProbeRateText {
  const percent = formatShare(share);
  return {
    short: `every ${everyText(every)}, ${percent}`,
    long: `A frame every ${everyText(every)}, on ${String(examples)} examples, ${percent} of the time`,
  };
}
