import { useMemo } from 'react';
import { useRuns, type PastRun } from '../../state/runs/runs-store.ts';

/** The ticked runs that have been read, with their names and their places among the ticked; the run that trains is drawn already. */
export function useOverlaidRuns(): readonly (PastRun & { readonly name: string; readonly place: number })[] {
  const ticked = useRuns((data) => data.ticked);
  const past = useRuns((data) => data.past);
  const runs = useRuns((data) => data.runs);
  const current = useRuns((data) => data.current);
  return useMemo(
    () =>
      ticked.flatMap((id, place) => {
        const run = past.find((each) => each.id === id);
        const name = runs?.find((each) => each.id === id)?.name;
        return run === undefined || name === undefined || id === current ? [] : [{ ...run, name, place }];
      }),
    [ticked, past, runs, current],
  );
}
