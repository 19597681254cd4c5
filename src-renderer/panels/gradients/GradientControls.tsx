import type { Probe } from '../../state/run-store.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { ScaleLegend } from './ScaleLegend.tsx';

interface GradientControlsProps {
  readonly frames: readonly Probe[];
  readonly frame: Probe;
  /** The step to look back to; null for the latest. */
  readonly onPast: (step: number | null) => void;
}

/** Which gradient, on which scale, and from when. */
export function GradientControls({ frames, frame, onPast }: GradientControlsProps): React.JSX.Element {
  const quantity = useWorkspace((workspace) => workspace.heatmapQuantity);
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  return (
    <div className="gradients-controls">
      <Segmented
        label="Quantity"
        value={quantity}
        options={[
          { value: 'gradient', label: '‖∂L/∂h‖' },
          { value: 'flow', label: 'last loss only' },
        ]}
        onChange={(heatmapQuantity) => {
          workspaceStore.setState({ heatmapQuantity });
        }}
      />
      <Segmented
        label="Colour scale"
        value={scale}
        options={[
          { value: 'absolute', label: 'absolute' },
          { value: 'row', label: 'per row' },
        ]}
        onChange={(heatmapScale) => {
          workspaceStore.setState({ heatmapScale });
        }}
      />
      <Scrubber frames={frames} frame={frame} onPast={onPast} />
      <ScaleLegend scale={scale} />
    </div>
  );
}

/** Goes back through the probes of this run; at its right end it follows the latest. */
function Scrubber({ frames, frame, onPast }: GradientControlsProps): React.JSX.Element {
  const last = frames.length - 1;
  const at = frames.indexOf(frame);
  return (
    <label className="gradients-scrubber" title="Look back through this run">
      <input
        type="range"
        aria-label="Training step of the picture"
        aria-valuetext={`step ${frame.step}`}
        min={0}
        max={Math.max(1, last)}
        value={last === 0 ? 1 : at}
        disabled={last === 0}
        onChange={(event) => {
          const index = Number(event.target.value);
          onPast(index >= last ? null : (frames[index]?.step ?? null));
        }}
      />
      <span className="mono">step {frame.step.toLocaleString('en')}</span>
    </label>
  );
}
