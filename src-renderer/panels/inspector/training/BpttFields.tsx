import { DEFAULT_WINDOW } from '../../../../src-engine/document/defaults.ts';
import type { TrainingSpec } from '../../../../src-engine/document/project.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { Segmented } from '../../../ui/fields/Segmented.tsx';
import { TrainingField } from './TrainingField.tsx';
import { changeTraining, TrainingNumber } from './TrainingNumber.tsx';

const MODES = [
  { value: 'full', label: 'full' },
  { value: 'truncated', label: 'truncated' },
] as const;

const REDUCES = [
  { value: 'sum', label: 'sum' },
  { value: 'mean', label: 'mean' },
] as const;

const WINDOW: NumberRule = { min: 1, max: 1_000_000, integer: true };

/** How far the gradient goes back through time, and how the copies' gradients become one. */
export function BpttFields({ training }: { readonly training: TrainingSpec }) {
  const { bptt } = training;
  return (
    <>
      <TrainingField
        label="Back through time"
        term="bptt"
        about="Full: through the whole sequence. Truncated: sequences are cut into windows, one update each; states are handed on, the gradient is not."
      >
        {() => (
          <Segmented
            label="Back through time"
            value={bptt.mode}
            options={MODES}
            onChange={(mode) => {
              if (mode !== bptt.mode) changeTraining('Back through time', { bptt: { ...bptt, mode } });
            }}
          />
        )}
      </TrainingField>
      {bptt.mode === 'full' ? null : (
        <TrainingNumber
          label="Window"
          term="truncated-bptt"
          value={bptt.window ?? DEFAULT_WINDOW}
          rule={WINDOW}
          unit="steps"
          about="Time steps that the gradient goes back at most."
          onCommit={(window) => ({ bptt: { ...bptt, window } })}
        />
      )}
      <TrainingField
        label="Copies' updates"
        term="copies-sum"
        about="Every time step holds a copy of the weights. Their gradients are added up, or averaged over the copies."
      >
        {() => (
          <Segmented
            label="Copies' updates"
            value={bptt.reduce}
            options={REDUCES}
            onChange={(reduce) => {
              changeTraining("Copies' updates", { bptt: { ...bptt, reduce } });
            }}
          />
        )}
      </TrainingField>
    </>
  );
}
