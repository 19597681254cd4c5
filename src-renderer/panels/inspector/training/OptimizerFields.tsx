import { DEFAULT_LEARNING_RATE, DEFAULT_WEIGHT_DECAY } from '../../../../src-engine/document/defaults.ts';
import type { OptimizerSpec, TrainingSpec } from '../../../../src-engine/document/project.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { Segmented } from '../../../ui/fields/Segmented.tsx';
import { Select } from '../../../ui/fields/Select.tsx';
import { TrainingField } from './TrainingField.tsx';
import { changeTraining, TrainingNumber } from './TrainingNumber.tsx';

const OPTIMIZERS: readonly { readonly value: OptimizerSpec['kind']; readonly label: string }[] = [
  { value: 'adam', label: 'Adam' },
  { value: 'adamw', label: 'AdamW' },
  { value: 'rmsprop', label: 'RMSProp' },
  { value: 'adagrad', label: 'Adagrad' },
  { value: 'sgd', label: 'SGD' },
];

const POSITIVE: NumberRule = { min: 0, aboveMin: true };
const AT_LEAST_ZERO: NumberRule = { min: 0 };
const MOMENTUM: NumberRule = { min: 0, max: 0.9999 };

/** The optimiser, its learning rate and the constants that people change. */
export function OptimizerFields({ training }: { readonly training: TrainingSpec }) {
  const { optimizer } = training;
  return (
    <>
      <TrainingField label="Optimiser" term="optimiser" about="The rule that turns gradients into updates.">
        {({ control }) => (
          <Select
            id={control}
            value={optimizer.kind}
            options={OPTIMIZERS}
            onChange={(value) => {
              const chosen = OPTIMIZERS.find((each) => each.value === value)?.value;
              // Each starts at a rate that suits it: SGD needs a much larger one than Adam.
              if (chosen !== undefined && chosen !== optimizer.kind) {
                changeTraining('Optimiser', { optimizer: { kind: chosen, learningRate: DEFAULT_LEARNING_RATE[chosen] } });
              }
            }}
          />
        )}
      </TrainingField>
      <TrainingNumber
        label="Learning rate"
        term="learning-rate"
        value={optimizer.learningRate}
        rule={POSITIVE}
        about="Size of each update. It can be changed while the model trains, and keeps the weights."
        onCommit={(learningRate) => ({ optimizer: { ...optimizer, learningRate } })}
      />
      {optimizer.kind === 'sgd' ? <MomentumFields optimizer={optimizer} /> : null}
      {optimizer.kind === 'adamw' ? (
        <TrainingNumber
          label="Weight decay"
          term="weight-decay"
          value={optimizer.weightDecay ?? DEFAULT_WEIGHT_DECAY}
          rule={AT_LEAST_ZERO}
          about="Share of each weight, times the learning rate, that every update takes away."
          onCommit={(weightDecay) => ({ optimizer: { ...optimizer, weightDecay } })}
        />
      ) : null}
    </>
  );
}

const KINDS = [
  { value: 'plain', label: 'plain' },
  { value: 'nesterov', label: 'Nesterov' },
] as const;

function MomentumFields({ optimizer }: { readonly optimizer: Extract<OptimizerSpec, { kind: 'sgd' }> }) {
  const { momentum = 0, nesterov = false } = optimizer;
  return (
    <>
      <TrainingNumber
        label="Momentum"
        term="momentum"
        value={momentum}
        rule={MOMENTUM}
        about="Share of the last update's direction that this one keeps; 0 keeps nothing."
        onCommit={(next) => ({ optimizer: { ...optimizer, momentum: next } })}
      />
      {momentum === 0 ? null : (
        <TrainingField label="Kind of momentum" term="momentum" about="Nesterov's looks one update ahead.">
          {() => (
            <Segmented
              label="Kind of momentum"
              value={nesterov ? 'nesterov' : 'plain'}
              options={KINDS}
              onChange={(kind) => {
                changeTraining('Kind of momentum', { optimizer: { ...optimizer, nesterov: kind === 'nesterov' } });
              }}
            />
          )}
        </TrainingField>
      )}
    </>
  );
}
