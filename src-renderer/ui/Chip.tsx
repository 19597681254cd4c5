import './chip.css';

interface ChipProps {
  readonly letter: string;
  /** A colour token, e.g. `--accent`. */
  readonly colour: string;
  readonly large?: boolean;
}

/** A coloured square with one letter that stands for a kind of thing. The name stands beside it, so it is hidden from readers. */
export function Chip({ letter, colour, large = false }: ChipProps) {
  return (
    <span className="ui-chip" data-large={large} style={{ background: `var(${colour})` }} aria-hidden>
      {letter}
    </span>
  );
}
