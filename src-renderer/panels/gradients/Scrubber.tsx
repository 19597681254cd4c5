import { useRun, type Probe } from '../../state/run-store.ts';
import { StepScrubber } from '../scrubber/StepScrubber.tsx';
import { probeRateText } from './probe-rate-text.ts';

interface ScrubberProps {
  readonly frames: readonly Probe[];
  readonly frame: Probe;
  /** The step looked back to; null follows the training. */
  readonly past: number | null;
  readonly onPast: (step: number | null) => void;
}

/** Goes back through the frames of the whole training. */
export function Scrubber({ frames, frame, past, onPast }: ScrubberProps): React.JSX.Element {
  return (
    <StepScrubber entries={frames} shown={frame.step} past={past} onPast={onPast} label="Training step of the picture">
      <ProbeRate examples={frame.rows} />
    </StepScrubber>
  );
}

/** The sampling rate of the probe. */
function ProbeRate({ examples }: { readonly examples: number }): React.JSX.Element {
  const probing = useRun(({ progress }) => progress?.probing ?? null);
  const text = probing === null ? null : probeRateText(probing, examples);
  return (
    <span className="scrubber-rate" title={text?.long} aria-label={text?.long}>
      <span data-length="long">{text?.long}</span>
      <span data-length="short">{text?.short}</span>
    </span>
  );
}
