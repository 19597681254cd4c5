import { DEFAULT_EARLY_STOP, DEFAULT_SCHEDULE } from '../../../../src-engine/document/defaults.ts';
import type { ScheduleSpec, TrainingSpec } from '../../../../src-engine/document/project.ts';
import type { NumberRule } from '../../../ui/fields/number-draft.ts';
import { Segmented } from '../../../ui/fields/Segmented.tsx';
import { Select } from '../../../ui/fields/Select.tsx';
import { TrainingField } from './TrainingField.tsx';
import { changeTraining, TrainingNumber } from './TrainingNumber.tsx';

const SCHEDULES: readonly { readonly value: ScheduleSpec['kind']; readonly label: string }[] = [
  { value: 'constant', label: 'constant' },
  { value: 'step', label: 'in steps' },
  { value: 'cosine', label: 'cosine' },
  { value: 'plateau', label: 'on plateau' },
];

const SHARE: NumberRule = { min: 0, max: 1 };
const EPOCHS: NumberRule = { min: 1, max: 1_000_000, integer: true };
const UPDATES: NumberRule = { min: 0, max: 1_000_000_000, integer: true };
const AT_LEAST_ZERO: NumberRule = { min: 0 };

const CONSTANT: ScheduleSpec = { kind: 'constant' };

/** How the learning rate changes in the course of a run. */
export function ScheduleFields({ training }: { readonly training: TrainingSpec }) {
  const schedule = training.schedule ?? CONSTANT;
  return (
    <>
      <TrainingField label="Schedule" term="schedule" about="How the learning rate changes while the model trains.">
        {({ control }) => (
          <Select
            id={control}
            value={schedule.kind}
            options={SCHEDULES}
            onChange={(value) => {
              const chosen = SCHEDULES.find((each) => each.value === value)?.value;
              if (chosen !== undefined && chosen !== schedule.kind) changeTraining('Schedule', { schedule: fresh(chosen, schedule.warmup) });
            }}
          />
        )}
      </TrainingField>
      <KindFields schedule={schedule} />
      <TrainingNumber
        label="Warm-up"
        term="warm-up"
        value={schedule.warmup ?? 0}
        rule={UPDATES}
        unit="updates"
        about="Updates in which the learning rate rises evenly to its start."
        onCommit={(warmup) => ({ schedule: { ...schedule, warmup } })}
      />
    </>
  );
}

function fresh(kind: ScheduleSpec['kind'], warmup: number | undefined): ScheduleSpec {
  const shared = warmup === undefined ? {} : { warmup };
  switch (kind) {
    case 'constant':
      return { kind, ...shared };
    case 'step':
      return { kind, ...DEFAULT_SCHEDULE.step, ...shared };
    case 'cosine':
      return { kind, ...DEFAULT_SCHEDULE.cosine, ...shared };
    case 'plateau':
      return { kind, ...DEFAULT_SCHEDULE.plateau, ...shared };
  }
}

function KindFields({ schedule }: { readonly schedule: ScheduleSpec }) {
  switch (schedule.kind) {
    case 'constant':
      return null;
    case 'cosine':
      return (
        <TrainingNumber
          label="Last share"
          term="schedule"
          value={schedule.final}
          rule={SHARE}
          about="Share of the learning rate that is left at the end of the last epoch."
          onCommit={(final) => ({ schedule: { ...schedule, final } })}
        />
      );
    case 'step':
      return (
        <>
          <TrainingNumber
            label="Every"
            term="schedule"
            value={schedule.every}
            rule={EPOCHS}
            unit="epochs"
            about="Epochs after which the learning rate falls."
            onCommit={(every) => ({ schedule: { ...schedule, every } })}
          />
          <FactorField schedule={schedule} />
        </>
      );
    case 'plateau':
      return (
        <>
          <TrainingNumber
            label="Plateau"
            term="schedule"
            value={schedule.patience}
            rule={EPOCHS}
            unit="epochs"
            about="Epochs without a lower validation loss that are waited for; the learning rate falls after one more."
            onCommit={(patience) => ({ schedule: { ...schedule, patience } })}
          />
          <FactorField schedule={schedule} />
        </>
      );
  }
}

function FactorField({ schedule }: { readonly schedule: Extract<ScheduleSpec, { kind: 'step' | 'plateau' }> }) {
  return (
    <TrainingNumber
      label="Factor"
      term="schedule"
      value={schedule.factor}
      rule={SHARE}
      about="The learning rate is multiplied by this."
      onCommit={(factor) => ({ schedule: { ...schedule, factor } })}
    />
  );
}

const EARLY_STOPS = [
  { value: 'off', label: 'off' },
  { value: 'on', label: 'on' },
] as const;

/** When training ends before its last epoch. */
export function EarlyStopFields({ training }: { readonly training: TrainingSpec }) {
  const earlyStop = training.earlyStop ?? null;
  return (
    <>
      <TrainingField label="Early stopping" term="early-stopping" about="Ends training when the validation loss falls no more, and puts the best weights back.">
        {() => (
          <Segmented
            label="Early stopping"
            value={earlyStop === null ? 'off' : 'on'}
            options={EARLY_STOPS}
            onChange={(value) => {
              changeTraining('Early stopping', { earlyStop: value === 'on' ? { ...DEFAULT_EARLY_STOP } : null });
            }}
          />
        )}
      </TrainingField>
      {earlyStop === null ? null : (
        <>
          <TrainingNumber
            label="Patience"
            term="early-stopping"
            value={earlyStop.patience}
            rule={EPOCHS}
            unit="epochs"
            about="Epochs without a lower validation loss after which training ends."
            onCommit={(patience) => ({ earlyStop: { ...earlyStop, patience } })}
          />
          <TrainingNumber
            label="Least gain"
            term="early-stopping"
            value={earlyStop.minDelta}
            rule={AT_LEAST_ZERO}
            about="A validation loss counts as lower only if it is lower by more than this."
            onCommit={(minDelta) => ({ earlyStop: { ...earlyStop, minDelta } })}
          />
        </>
      )}
    </>
  );
}
