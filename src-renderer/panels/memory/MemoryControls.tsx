import { Hourglass, Square } from 'lucide-react';
import type { GraphNode } from '../../../src-engine/document/project.ts';
import { useAsk } from '../../state/ask-context.ts';
import { documentStore } from '../../state/document-store.ts';
import { chooseMemoryCell, measureMemory, setMemoryBudget, useMemory } from '../../state/memory-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';

const LAGS = [16, 32, 64, 128, 256, 512] as const;
const UPDATES = [150, 300, 600, 1200, 2400] as const;

const options = (values: readonly number[]) => values.map((value) => ({ value: String(value), label: value.toLocaleString('en') }));

interface MemoryControlsProps {
  readonly cells: readonly GraphNode[];
  readonly chosen: GraphNode | null;
}

/** What is measured and with what budget, the button that begins, and how far it is. */
export function MemoryControls({ cells, chosen }: MemoryControlsProps): React.JSX.Element {
  const ask = useAsk();
  const budget = useMemory((memory) => memory.budget);
  const running = useMemory((memory) => memory.running);
  if (running !== null) return <Running />;
  return (
    <div className="memory-controls">
      <Field label="Cell">
        {({ control }) => (
          <Select
            id={control}
            value={chosen?.id ?? ''}
            options={cells.map(({ id, label, params }) => ({ value: id, label: `${label ?? id}, ${String(params['units'] ?? 64)} units` }))}
            onChange={chooseMemoryCell}
          />
        )}
      </Field>
      <Field label="Longest lag" about="No lag beyond this is tried">
        {({ control }) => (
          <Select
            id={control}
            value={String(budget.longest)}
            options={options(LAGS)}
            onChange={(value) => {
              setMemoryBudget({ longest: Number(value) });
            }}
          />
        )}
      </Field>
      <Field label="Updates a lag" about="Most updates at each lag; fewer where recall is perfect before">
        {({ control }) => (
          <Select
            id={control}
            value={String(budget.updates)}
            options={options(UPDATES)}
            onChange={(value) => {
              setMemoryBudget({ updates: Number(value) });
            }}
          />
        )}
      </Field>
      <Button
        variant="primary"
        size="small"
        icon={<Hourglass aria-hidden />}
        disabled={chosen === null}
        onClick={() => {
          if (chosen !== null) void measureMemory(ask, documentStore.getState().project, chosen.id);
        }}
      >
        Measure
      </Button>
    </div>
  );
}

function Running(): React.JSX.Element | null {
  const ask = useAsk();
  const running = useMemory((memory) => memory.running);
  if (running === null) return null;
  const { progress, budget } = running;
  const { lag, updates, seconds } = progress ?? { lag: 1, updates: 0, seconds: 0 };
  return (
    <div className="memory-controls" aria-live="off">
      <Progress label={`Lag ${String(lag)}`} value={updates} max={budget.updates} text={`${String(updates)} of ${String(budget.updates)} updates`} />
      <p className="mute mono memory-seconds">
        {seconds.toFixed(0)} s of at most {budget.seconds} s
      </p>
      <Button size="small" icon={<Square aria-hidden />} onClick={() => void ask('memory.cancel', {})}>
        Cancel
      </Button>
    </div>
  );
}
