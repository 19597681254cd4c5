import { useMemo } from 'react';
import { usePlotPicture } from '../../charts/uplot-drawing.ts';
import { useDocument } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { metricName, scoreText, type Metric } from '../score-text.ts';

interface Overlaid {
  /** Curves of other runs, behind those of this one. */
  readonly overlays: readonly { readonly name: string }[];
}

/** What the loss plot says where it is saved, the baseline as a level with its name. */
export function useLossPicture({ overlays }: Overlaid, metric: Metric | null): ReturnType<typeof usePlotPicture> {
  const name = useDocument(({ project }) => project.name);
  const baseline = useRun((run) => run.opened?.data?.baseline ?? null);
  const test = useRun((run) => run.done?.test ?? null);
  const subject = useMemo(
    () => ({
      name: 'loss',
      title: `Loss of ${name}${test === null ? '' : `; test ${metricName(test.metric)} ${scoreText(test.metric, test.score)}`}`,
      x: 'training step',
      y: 'loss',
      right: metric === null ? undefined : { scale: 'score', label: metricName(metric) },
      curves: [
        'train, every step',
        'train, smoothed',
        'validation',
        metric === null ? 'score' : `${metricName(metric)}, validation`,
        ...overlays.map((overlay) => overlay.name),
      ],
      levels: baseline === null ? [] : [{ name: `${baseline.name} ${scoreText(baseline.metric, baseline.score)}`, value: baseline.score, right: true }],
    }),
    [name, test, metric, overlays, baseline],
  );
  return usePlotPicture(subject);
}
