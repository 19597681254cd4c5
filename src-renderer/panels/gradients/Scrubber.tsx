import { useRun, type Probe } from '../../state/run-store.ts';
import { probeRateText } from './probe-rate-text.ts';

interface ScrubberProps {
  readonly frames: readonly Probe[];
  readonly frame: Probe;
  /** The step looked back to; null follows the training. */
  readonly past: number | null;
  readonly onPast: (step: number | null) => void;
}

const jumps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** Goes back through the whole training, on an axis of its steps; at the right end it follows the latest. */
export function Scrubber({ frames, frame, past, onPast }: ScrubberProps): React.JSX.Element {
  const first = frames[0]?.step ?? 0;
  const last = frames.at(-1)?.step ?? 0;
  const live = past === null;
  const show = (step: number): void => {
    onPast(step >= last ? null : step);
  };
  const jump = (event: React.KeyboardEvent): void => {
    const by = jumps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const index = Math.min(frames.length - 1, Math.max(0, frames.indexOf(frame) + by));
    show(frames[index]?.step ?? last);
  };
  return (
    <div className="gradients-scrubber">
      <button
        type="button"
        className="scrubber-live"
        aria-pressed={live}
        title={live ? 'Follows the training' : 'Back to the latest step'}
        onClick={() => {
          onPast(null);
        }}
      >
        live
      </button>
      <input
        type="range"
        aria-label="Training step of the picture"
        aria-valuetext={live ? `latest, step ${String(frame.step)}` : `step ${String(frame.step)}`}
        min={first}
        max={Math.max(first + 1, last)}
        value={live ? Math.max(first + 1, last) : frame.step}
        disabled={frames.length < 2}
        onKeyDown={jump}
        onChange={(event) => {
          show(Number(event.target.value));
        }}
      />
      <span className="mono scrubber-step" data-past={!live}>
        {live ? 'step' : 'at step'} {frame.step.toLocaleString('en')}
      </span>
      <ProbeRate examples={frame.rows} />
    </div>
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
