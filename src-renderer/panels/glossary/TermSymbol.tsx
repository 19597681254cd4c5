import { lazy, Suspense } from 'react';

/** The typesetting is large; it comes with the first symbol that is looked at. */
const Equation = lazy(async () => ({ default: (await import('../inspector/Equations.tsx')).Equation }));

/** A word's symbol, as the equations write it. */
export function TermSymbol({ tex }: { readonly tex: string }): React.JSX.Element {
  return (
    <span className="term-symbol">
      <Suspense>
        <Equation tex={tex} />
      </Suspense>
    </span>
  );
}
