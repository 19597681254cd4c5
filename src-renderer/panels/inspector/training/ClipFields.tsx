import type { TrainingSpec } from '../../../../src-engine/document/project.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { Select } from '../../../ui/fields/Select.tsx';
import { TrainingField } from './TrainingField.tsx';
import { changeTraining, TrainingNumber } from './TrainingNumber.tsx';

const CLIPS = [
  { value: 'none', label: 'off' },
  { value: 'norm', label: 'by norm' },
  { value: 'value', label: 'by value' },
] as const;

/** Where clipping starts when it is switched on. */
const FIRST_MAX = { norm: 5, value: 0.5 };

const POSITIVE: NumberRule = { min: 0, aboveMin: true };

/** How a gradient that is too large is cut down. */
export function ClipFields({ training }: { readonly training: TrainingSpec }) {
  const { clip } = training;
  return (
    <>
      <TrainingField
        label="Clipping"
        term="clipping"
        about="By norm: scales a gradient down whose norm over all weights is too large. By value: limits each number of the gradient. The remedy for exploding gradients."
      >
        {({ control }) => (
          <Select
            id={control}
            value={clip.kind}
            options={CLIPS}
            onChange={(value) => {
              const kind = CLIPS.find((each) => each.value === value)?.value ?? 'none';
              if (kind !== clip.kind) changeTraining('Clipping', { clip: kind === 'none' ? { kind } : { kind, max: FIRST_MAX[kind] } });
            }}
          />
        )}
      </TrainingField>
      {clip.kind === 'none' ? null : (
        <TrainingNumber
          term="clipping"
          label={clip.kind === 'norm' ? 'Largest norm' : 'Largest value'}
          value={clip.max}
          rule={POSITIVE}
          about={
            clip.kind === 'norm' ? 'Gradients with a larger norm are scaled down to it.' : 'Numbers of the gradient beyond this, up or down, are set to it.'
          }
          onCommit={(max) => ({ clip: { kind: clip.kind, max } })}
        />
      )}
    </>
  );
}
