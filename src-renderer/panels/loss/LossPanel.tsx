import { useCallback, useMemo, useState } from 'react';
import { LineChart, Spline, ZoomOut } from 'lucide-react';
import type uPlot from 'uplot';
import { cssColour } from '../../charts/css-colours.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { drawLevel, drawMark, drawPoint } from '../../charts/plot-axes.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { Plot } from '../../charts/Plot.tsx';
import { smooth } from '../../charts/smooth.ts';
import { useRun } from '../../state/run-store.ts';
import { useRuns } from '../../state/runs/runs-store.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/popups/Tooltip.tsx';
import { Empty } from '../Empty.tsx';
import { useLossPicture } from './use-loss-picture.ts';
import { growingRange, lossData, type XRange } from './loss-data.ts';
import { lossPlotOptions } from './loss-plot-options.ts';
import { LossLegend, OverlayLegend } from './LossLegend.tsx';
import { overlayLook, withOverlays, type LossPicture } from './overlay-curves.ts';
import { useOverlaidRuns } from './use-overlaid-runs.ts';
import { scoreText } from '../score-text.ts';
import './loss.css';

/** As many shares as a wide plot has pixels; each gives at most two points. */
const buckets = 900;

/** Train and validation loss, and the score on the right, as they come. */
export function LossPanel(): React.JSX.Element {
  const points = useRun((run) => run.points);
  const validations = useRun((run) => run.validations);
  const drawn = useRuns(({ ticked }) => ticked.length);
  if (points === 0 && validations.length === 0 && drawn === 0) {
    return (
      <Empty icon={<LineChart />} title="No run yet">
        Press Train: the loss of every training step appears here, with the validation loss and the score of every epoch.
      </Empty>
    );
  }
  return (
    <div className="loss-box">
      <LossChart />
    </div>
  );
}

function useLossData(zoom: XRange | null): { readonly data: LossPicture; readonly range: XRange } {
  const series = useRun((run) => run.series);
  const points = useRun((run) => run.points);
  const validations = useRun((run) => run.validations);
  const totalSteps = useRun((run) => run.status?.totalSteps ?? 0);
  const weight = useWorkspace((workspace) => workspace.lossSmoothing);
  const log = useWorkspace((workspace) => workspace.lossLogScale);
  const overlaid = useOverlaidRuns();
  const smoothed = useMemo(() => smooth(series.mean, points, weight, series.count), [series, points, weight]);
  return useMemo(() => {
    const ends = overlaid.map(({ history }) => history.series.step[history.points - 1] ?? 0);
    const lastStep = Math.max(series.step[points - 1] ?? 0, validations.at(-1)?.step ?? 0, ...ends);
    const range = zoom ?? growingRange(lastStep, totalSteps);
    const data = lossData({ series, smoothed, validations, range, buckets, log });
    return { range, data: withOverlays(data, { runs: overlaid, range, buckets, log, weight }) };
  }, [series, points, smoothed, validations, totalSteps, zoom, log, overlaid, weight]);
}

function LossChart(): React.JSX.Element {
  const [zoom, setZoom] = useState<XRange | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const theme = useTheme();
  const log = useWorkspace((workspace) => workspace.lossLogScale);
  const baseline = useRun((run) => run.opened?.data?.baseline ?? null);
  const metric = useRun((run) => run.validations.at(-1)?.metric ?? run.opened?.data?.baseline.metric ?? null);
  const { data, range } = useLossData(zoom);
  const overlay = useOverlay();
  const places = data.overlays.map(({ place }) => place).join(' ');
  // The same curves with new points make no new plot.
  const looks = useMemo(() => (places === '' ? [] : places.split(' ').map((place) => overlayLook(Number(place)))), [places]);
  const options = useMemo(
    () => ({
      ...lossPlotOptions({ metric, baseline: baseline?.score ?? null, log, overlays: looks, onHover: setHovered, onZoom: setZoom }),
      class: `loss-plot-${theme}`,
    }),
    [metric, baseline, log, looks, theme],
  );
  const aligned = useMemo<uPlot.AlignedData>(
    () => [[...data.step], data.raw, data.smoothed, data.validation, data.score, ...data.overlays.map(({ values }) => values)],
    [data],
  );
  const { picture, onPlot } = useLossPicture(data, metric);
  const scales = useMemo(() => ({ x: { min: range.from, max: range.to } }), [range]);
  return (
    <div className="loss">
      <div className="loss-head" data-reading={hovered !== null}>
        <LossLegend data={data} hovered={hovered} metric={metric} />
        {zoom === null ? null : (
          <IconButton
            label="Show all steps"
            icon={<ZoomOut />}
            size="small"
            variant="quiet"
            onClick={() => {
              setZoom(null);
            }}
          />
        )}
        <LossControls>
          <PictureMenu label="Save the loss" picture={picture} />
        </LossControls>
      </div>
      <OverlayLegend data={data} hovered={hovered} />
      <div className="loss-plot">
        <Plot label={`Loss over ${range.to.toFixed(0)} steps`} options={options} data={aligned} scales={scales} overlay={overlay} onPlot={onPlot} />
      </div>
    </div>
  );
}

/** The baseline to beat, the test score once it is taken, and where the learning rate was changed. */
function useOverlay(): (plot: uPlot) => void {
  const series = useRun((run) => run.series);
  const points = useRun((run) => run.points);
  const baseline = useRun((run) => run.opened?.data?.baseline ?? null);
  const done = useRun((run) => run.done);
  const changes = useMemo(() => (points > 0 ? series.learningRateChanges() : []), [series, points]);
  return useCallback(
    (plot: uPlot) => {
      const mute = cssColour(plot.root, '--mute');
      const test = done?.test ?? null;
      if (baseline !== null) {
        drawLevel(plot, 'score', baseline.score, `${baseline.name} ${scoreText(baseline.metric, baseline.score)}`, mute, test?.score ?? null);
      }
      if (done !== null && test !== null) {
        const label = `test ${scoreText(test.metric, test.score)}`;
        drawPoint(plot, { scale: 'score', x: done.steps, value: test.score, label, colour: cssColour(plot.root, '--state'), avoid: baseline?.score ?? null });
      }
      for (const change of changes) drawMark(plot, change.step, `rate ${formatNumber(change.learningRate)}`, mute);
    },
    [baseline, done, changes],
  );
}

function LossControls({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  const log = useWorkspace((workspace) => workspace.lossLogScale);
  const weight = useWorkspace((workspace) => workspace.lossSmoothing);
  return (
    <div className="loss-controls">
      <Tooltip label={smoothingText(weight)} side="top">
        <label className="loss-smoothing">
          <Spline aria-hidden />
          <span>smoothing</span>
          <input
            type="range"
            aria-label="Smoothing"
            min={0}
            max={0.99}
            step={0.01}
            value={weight}
            aria-valuetext={smoothingText(weight)}
            onChange={(event) => {
              workspaceStore.setState({ lossSmoothing: Number(event.target.value) });
            }}
          />
        </label>
      </Tooltip>
      <button
        type="button"
        className="ui-button ui-button-small"
        aria-pressed={log}
        onClick={() => {
          workspaceStore.setState({ lossLogScale: !log });
        }}
      >
        log
      </button>
      {children}
    </div>
  );
}

/** What the weight of the past amounts to. */
function smoothingText(weight: number): string {
  const steps = Math.round(1 / (1 - weight));
  return steps <= 1 ? 'Smoothing off: the train loss of every training step' : `Smoothing: the train loss over about ${steps} training steps`;
}
