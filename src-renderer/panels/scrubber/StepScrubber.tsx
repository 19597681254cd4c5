import './scrubber.css';

interface OfStep {
  readonly step: number;
}

interface StepScrubberProps {
  /** What is kept, oldest first. */
  readonly entries: readonly OfStep[];
  /** The step that is shown. */
  readonly shown: number;
  /** The step looked back to; null follows the training. */
  readonly past: number | null;
  readonly onPast: (step: number | null) => void;
  /** Names the slider. */
  readonly label: string;
  /** Behind the step, e.g. its epoch. */
  readonly note?: string;
  readonly children?: React.ReactNode;
}

const jumps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** Goes back through what is kept of a training, on an axis of its steps; at the right end it follows the latest. */
export function StepScrubber({ entries, shown, past, onPast, label, note = '', children }: StepScrubberProps): React.JSX.Element {
  const first = entries[0]?.step ?? 0;
  const last = entries.at(-1)?.step ?? 0;
  const live = past === null;
  const show = (step: number): void => {
    onPast(step >= last ? null : step);
  };
  const jump = (event: React.KeyboardEvent): void => {
    const by = jumps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = entries.findLastIndex(({ step }) => step <= (past ?? last));
    show(entries[Math.min(entries.length - 1, Math.max(0, at + by))]?.step ?? last);
  };
  return (
    <div className="step-scrubber">
      <button
        type="button"
        className="scrubber-live"
        aria-pressed={live}
        title={live ? 'Follows the training' : 'Back to the latest training step'}
        onClick={() => {
          onPast(null);
        }}
      >
        live
      </button>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={`${live ? `latest, step ${String(shown)}` : `step ${String(shown)}`}${note}`}
        min={first}
        max={Math.max(first + 1, last)}
        value={live ? Math.max(first + 1, last) : shown}
        disabled={entries.length < 2}
        onKeyDown={jump}
        onChange={(event) => {
          show(Number(event.target.value));
        }}
      />
      <span className="mono scrubber-step" data-past={!live}>
        {live ? 'step' : 'at step'} {shown.toLocaleString('en')}
        {note}
      </span>
      {children}
    </div>
  );
}
