import { useState } from 'react';
import { setTraining } from '../../../src-engine/document/project-edits.ts';
import { DEFAULT_LEARNING_RATE } from '../../../src-engine/document/defaults.ts';
import type { OptimizerSpec, TrainingSpec } from '../../../src-engine/document/project.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { Field } from '../../ui/Field.tsx';
import type { NumberRule } from '../../ui/number-draft.ts';
import { NumberInput } from '../../ui/NumberInput.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { DataSummaryView } from './DataSummaryView.tsx';

/** How the model is trained, and on what. */
export function TrainingInspector() {
  const training = useDocument((state) => state.project.training);
  return (
    <section aria-label="Training">
      <h2 className="inspector-title">Training</h2>
      <p className="inspector-about">How the weights are found. Select a block to set up the model itself.</p>
      <OptimizerFields training={training} />
      <NumberField
        label="Batch size"
        unit="B"
        value={training.batchSize}
        rule={BATCH}
        about="Examples in one update."
        onCommit={(batchSize) => ({ batchSize })}
      />
      <NumberField label="Epochs" value={training.epochs} rule={EPOCHS} about="Times through the training data." onCommit={(epochs) => ({ epochs })} />
      <NumberField
        label="Seed"
        value={training.seed}
        rule={SEED}
        about="Start of every random choice: the same seed gives the same run."
        onCommit={(seed) => ({ seed })}
      />
      <SectionTitle>Gradient</SectionTitle>
      <ClipFields training={training} />
      <ReduceField training={training} />
      <DataSummaryView />
    </section>
  );
}

const BATCH: NumberRule = { min: 1, max: 65536, integer: true };
const EPOCHS: NumberRule = { min: 1, max: 1_000_000, integer: true };
const SEED: NumberRule = { min: 0, max: 4294967295, integer: true };
const POSITIVE: NumberRule = { min: 0, aboveMin: true };

function change(label: string, part: Partial<TrainingSpec>): void {
  documentActions.editProject(label, (project) => setTraining(project, part));
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly rule: NumberRule;
  readonly unit?: string;
  readonly about: string;
  readonly hint?: string;
  readonly onCommit: (value: number) => Partial<TrainingSpec>;
}

function NumberField({ label, value, rule, unit, about, hint, onCommit }: NumberFieldProps) {
  const [error, setError] = useState<string | null>(null);
  return (
    <Field label={label} error={error} hint={hint ?? null} about={about}>
      {({ control, description }) => (
        <NumberInput
          id={control}
          describedBy={description}
          value={value}
          rule={rule}
          unit={unit}
          onError={setError}
          onCommit={(next) => {
            change(label, onCommit(next));
          }}
        />
      )}
    </Field>
  );
}

const OPTIMIZERS = [
  { value: 'adam', label: 'Adam' },
  { value: 'sgd', label: 'SGD' },
];

function OptimizerFields({ training }: { readonly training: TrainingSpec }) {
  const { optimizer } = training;
  return (
    <>
      <Field label="Optimiser" about="The rule that turns gradients into updates.">
        {({ control }) => (
          <Select
            id={control}
            value={optimizer.kind}
            options={OPTIMIZERS}
            onChange={(kind) => {
              if (kind !== optimizer.kind) change('Optimiser', { optimizer: otherOptimizer(kind) });
            }}
          />
        )}
      </Field>
      <NumberField
        label="Learning rate"
        value={optimizer.learningRate}
        rule={POSITIVE}
        about="Size of each update. It can be changed while the model trains, and keeps the weights."
        onCommit={(learningRate) => ({ optimizer: { ...optimizer, learningRate } })}
      />
    </>
  );
}

/** Each optimiser starts at a rate that suits it: SGD needs a much larger one than Adam. */
function otherOptimizer(kind: string): OptimizerSpec {
  return kind === 'sgd' ? { kind: 'sgd', learningRate: DEFAULT_LEARNING_RATE.sgd } : { kind: 'adam', learningRate: DEFAULT_LEARNING_RATE.adam };
}

const CLIPS = [
  { value: 'none', label: 'off' },
  { value: 'norm', label: 'by norm' },
] as const;

function ClipFields({ training }: { readonly training: TrainingSpec }) {
  const { clip } = training;
  return (
    <>
      <Field label="Clipping" about="Scales a gradient down whose norm over all weights is larger than this: the remedy for exploding gradients.">
        {() => (
          <Segmented
            label="Clipping"
            value={clip.kind}
            options={CLIPS}
            onChange={(kind) => {
              if (kind !== clip.kind) change('Clipping', { clip: kind === 'none' ? { kind } : { kind, max: 5 } });
            }}
          />
        )}
      </Field>
      {clip.kind === 'none' ? null : (
        <NumberField
          label="Largest norm"
          value={clip.max}
          rule={POSITIVE}
          about="Gradients with a larger norm are scaled down to it."
          onCommit={(max) => ({ clip: { kind: 'norm', max } })}
        />
      )}
    </>
  );
}

const REDUCES = [
  { value: 'sum', label: 'sum' },
  { value: 'mean', label: 'mean' },
] as const;

function ReduceField({ training }: { readonly training: TrainingSpec }) {
  return (
    <Field label="Copies' updates" about="Every time step holds a copy of the weights. Their gradients are added up, or averaged over the copies.">
      {() => (
        <Segmented
          label="Copies' updates"
          value={training.bptt.reduce}
          options={REDUCES}
          onChange={(reduce) => {
            change("Copies' updates", { bptt: { ...training.bptt, reduce } });
          }}
        />
      )}
    </Field>
  );
}
