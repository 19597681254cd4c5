import { useWorkspace } from '../state/workspace-store.ts';
import type { Quantity } from '../panels/gradients/quantities.ts';
import { quantityNames, quantities } from '../panels/gradients/quantities.ts';
import { probeLayerOf } from './lane-rows.ts';
import { TrainingDetails } from './TrainingDetails.tsx';
import { UnrolledFrame } from './UnrolledFrame.tsx';
import type { UnrolledProps } from './unrolled-props.ts';
import { useChosen } from './use-chosen.ts';
import { useTrainingModel } from './use-training-model.ts';

/** A triangle has a row for each loss step, and no place on the copies themselves. */
const TRAINING_QUANTITIES = quantityNames.filter((name) => name !== 'triangle');

/** Colours that follow the training. */
export function TrainingView(props: UnrolledProps): React.JSX.Element {
  const { opened, signature, lanes, window } = props;
  const wanted = useWorkspace((workspace) => workspace.heatmapQuantity);
  const quantity: Quantity = wanted === 'triangle' ? 'flow-from' : wanted;
  const [chosen, choose] = useChosen(lanes);
  const model = useTrainingModel({ lanes, opened, signature, quantity, window, detailed: chosen !== null });
  const lane = chosen === null ? undefined : lanes[chosen.lane];
  const layer = lane === undefined ? null : probeLayerOf(lane, opened.probeLayers);
  const missing = model.frame === null ? 'Press Train: the copies take the colour of their gradient while the model learns.' : model.missing;
  return (
    <UnrolledFrame
      lanes={lanes}
      layers={opened.probeLayers}
      model={model}
      quantity={quantity}
      quantities={TRAINING_QUANTITIES}
      note={missing === '' ? quantities[quantity].about : missing}
      chosen={chosen}
      onChoose={choose}
      details={
        chosen === null || lane === undefined || layer === null ? null : (
          <TrainingDetails frame={model.frame} reply={model.reply} layer={layer} path={lane.path} t={chosen.t} />
        )
      }
    />
  );
}
