import { useCallback, useState } from 'react';
import { useRun } from '../../state/run-store.ts';

/** The training step that one looks back to, null for the present; of the run that is on: another run begins at its present. */
export function usePast(): readonly [number | null, (step: number | null) => void] {
  const run = useRun(({ series }) => series);
  const [held, setHeld] = useState<{ readonly of: object; readonly step: number | null }>({ of: run, step: null });
  const look = useCallback(
    (step: number | null) => {
      setHeld({ of: run, step });
    },
    [run],
  );
  return [held.of === run ? held.step : null, look];
}

/** The part of a question that says which weights it is put to. */
export function momentOf(past: number | null): { readonly atStep?: number } {
  return past === null ? {} : { atStep: past };
}
