interface FactProps {
  readonly name: string;
  readonly value: string;
  /** What it is, in words. */
  readonly about: string;
}

/** A name and its number. */
export function Fact({ name, value, about }: FactProps): React.JSX.Element {
  return (
    <div className="fact" title={about}>
      <span className="fact-name">{name}</span>
      <span className="fact-value mono">{value}</span>
    </div>
  );
}
