/** What the colours of states and gates mean. */
export function UnitScales({ gates }: { readonly gates: boolean }): React.JSX.Element {
  return (
    <div className="unit-scales">
      <Scale kind="state" name="states" ends={['≤ −1', '≥ 1']} />
      {gates ? <Scale kind="gate" name="gates" ends={['0', '1']} /> : null}
    </div>
  );
}

interface ScaleProps {
  readonly kind: 'state' | 'gate';
  readonly name: string;
  readonly ends: readonly string[];
}

function Scale({ kind, name, ends }: ScaleProps): React.JSX.Element {
  return (
    <div className="unit-scale" role="img" aria-label={`Colour scale of ${name}, from ${ends[0] ?? ''} to ${ends.at(-1) ?? ''}`}>
      <div className="unit-scale-bar" data-kind={kind} />
      <div className="scale-ticks">
        <span>{ends[0]}</span>
        <span>{name}</span>
        <span>{ends.at(-1)}</span>
      </div>
    </div>
  );
}
