import { useDocument } from '../../../state/document-store.ts';
import { useHidden } from '../../../state/lesson-store.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { SectionTitle } from '../../../ui/SectionTitle.tsx';
import { HelpButton } from '../../glossary/HelpButton.tsx';
import { BpttFields } from './BpttFields.tsx';
import { ClipFields } from './ClipFields.tsx';
import { DataSummaryView } from './DataSummaryView.tsx';
import { OptimizerFields } from './OptimizerFields.tsx';
import { EarlyStopFields, ScheduleFields } from './ScheduleFields.tsx';
import { TrainingNumber } from './TrainingNumber.tsx';

/** How the model is trained, and on what. */
export function TrainingInspector() {
  const training = useDocument((state) => state.project.training);
  return (
    <section aria-label="Training">
      <h2 className="inspector-title">Training</h2>
      <p className="inspector-about">How the weights are found. Select a block to set up the model itself.</p>
      {useHidden('optimizer') ? null : (
        <>
          <OptimizerFields training={training} />
          <ScheduleFields training={training} />
        </>
      )}
      <TrainingNumber
        label="Batch size"
        term="batch"
        unit="B"
        value={training.batchSize}
        rule={BATCH}
        about="Examples in one training step."
        onCommit={(batchSize) => ({ batchSize })}
      />
      <TrainingNumber
        label="Epochs"
        term="epoch"
        value={training.epochs}
        rule={EPOCHS}
        about="Times through the training data."
        onCommit={(epochs) => ({ epochs })}
      />
      <EarlyStopFields training={training} />
      <TrainingNumber
        label="Seed"
        term="seed"
        value={training.seed}
        rule={SEED}
        about="Start of every random choice: the same seed gives the same run."
        onCommit={(seed) => ({ seed })}
      />
      <SectionTitle help={<HelpButton term="gradient" subject="Gradient" />}>Gradient</SectionTitle>
      <ClipFields training={training} />
      <BpttFields training={training} />
      <DataSummaryView />
    </section>
  );
}

const BATCH: NumberRule = { min: 1, max: 65536, integer: true };
const EPOCHS: NumberRule = { min: 1, max: 1_000_000, integer: true };
const SEED: NumberRule = { min: 0, max: 4294967295, integer: true };
