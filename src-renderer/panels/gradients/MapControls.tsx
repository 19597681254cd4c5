import { useWorkspace, workspaceStore, type Remembered } from '../../state/workspace-store.ts';
import { Select } from '../../ui/fields/Select.tsx';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { QuantityChoice, ScaleChoice } from './ColourChoice.tsx';
import { quantities, quantityNames, type Quantity } from './quantities.ts';
import { ScaleLegend } from './ScaleLegend.tsx';

interface MapControlsProps {
  readonly quantity: Quantity;
  /** Steps whose loss alone can be chosen, from 1; none where the quantity has no such choice. */
  readonly lossSteps: readonly number[];
  readonly lossStep: number | null;
  readonly onLossStep: (step: number) => void;
  /** What the columns count; null where they can only be time steps. */
  readonly columns: Remembered['heatmapColumns'] | null;
  /** At the end of the line. */
  readonly children: React.ReactNode;
}

/** What the picture shows, and on which scale. */
export function MapControls({ quantity, lossSteps, lossStep, onLossStep, columns, children }: MapControlsProps): React.JSX.Element {
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  return (
    <div className="gradients-controls">
      <div className="gradients-quantity">
        <QuantityChoice label="Quantity" quantity={quantity} names={quantityNames} />
      </div>
      <HelpButton term={quantities[quantity].term} subject={`the quantity ${quantities[quantity].label}`} place="above" />
      {lossStep === null ? null : (
        <div className="gradients-loss-step">
          <Select
            label="Loss step"
            value={String(lossStep)}
            options={lossSteps.map((step) => ({ value: String(step), label: `loss at ${String(step)}` }))}
            onChange={(value) => {
              onLossStep(Number(value));
            }}
          />
        </div>
      )}
      <ScaleChoice label="Colour scale" />
      {columns === null ? null : (
        <button
          type="button"
          className="ui-button ui-button-small gradients-columns"
          aria-pressed={columns === 't'}
          title="Columns are time steps t; else they count back from the loss"
          onClick={() => {
            workspaceStore.setState({ heatmapColumns: columns === 't' ? 'loss' : 't' });
          }}
        >
          by t
        </button>
      )}
      <ScaleLegend quantity={quantity} scale={scale} />
      {children}
    </div>
  );
}
