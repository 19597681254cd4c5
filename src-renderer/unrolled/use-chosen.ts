import { useCallback, useMemo } from 'react';
import { documentActions } from '../state/document-store.ts';
import { unrolledStore, useUnrolled } from '../state/unrolled-store.ts';
import type { NodePlace } from './layout.ts';
import type { Lane } from './network-lanes.ts';

/** The node whose details are shown. To choose one selects its block in the document, as in the heatmap. */
export function useChosen(lanes: readonly Lane[]): readonly [NodePlace | null, (place: NodePlace | null) => void] {
  const held = useUnrolled((unrolled) => unrolled.chosen);
  const chosen = useMemo(() => {
    const lane = held === null ? -1 : lanes.findIndex(({ path }) => path === held.path);
    return held === null || lane === -1 ? null : { lane, t: held.t };
  }, [held, lanes]);
  const choose = useCallback(
    (place: NodePlace | null) => {
      const lane = place === null ? undefined : lanes[place.lane];
      unrolledStore.setState({ chosen: place === null || lane === undefined ? null : { path: lane.path, t: place.t } });
      if (lane !== undefined) documentActions.select({ nodes: [lane.node] });
    },
    [lanes],
  );
  return [chosen, choose];
}
