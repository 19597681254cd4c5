import './progress.css';

interface ProgressProps {
  readonly label: string;
  readonly value: number;
  /** 0 while it is not known. */
  readonly max: number;
  /** The figures, as a person reads them. */
  readonly text: string;
}

/** How far something is that takes a while. */
export function Progress({ label, value, max, text }: ProgressProps) {
  return (
    <div className="ui-progress">
      <span className="ui-progress-label">{label}</span>
      <progress aria-label={label} {...(max > 0 ? { value, max } : {})} />
      <span className="ui-progress-text">{text}</span>
    </div>
  );
}
