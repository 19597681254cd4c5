import { useId } from 'react';
import { Hourglass, Square } from 'lucide-react';
import type { GraphNode } from '../../../src-engine/document/project.ts';
import { useAsk } from '../../state/ask-context.ts';
import { documentStore } from '../../state/document-store.ts';
import { chooseMemoryCell, measureMemory, setMemoryBudget, useMemory } from '../../state/memory-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/fields/Select.tsx';

const LAGS = [16, 32, 64, 128, 256, 512] as const;
const UPDATES = [150, 300, 600, 1200, 2400] as const;

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
      <Select
        label="Cell"
        value={chosen?.id ?? ''}
        options={cells.map(({ id, label, kind, params }) => ({
          value: id,
          label: `${label ?? id}: ${kind.toUpperCase()}, ${String(params['units'] ?? 64)} units`,
        }))}
        onChange={chooseMemoryCell}
      />
      <div className="memory-budget">
        <Choice
          label="Longest lag"
          about="No lag beyond this is tried"
          value={budget.longest}
          of={LAGS}
          onChange={(longest) => {
            setMemoryBudget({ longest });
          }}
        />
        <Choice
          label="Updates per lag"
          about="At most; fewer where recall is perfect before"
          value={budget.updates}
          of={UPDATES}
          onChange={(updates) => {
            setMemoryBudget({ updates });
          }}
        />
      </div>
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

interface ChoiceProps {
  readonly label: string;
  readonly about: string;
  readonly value: number;
  readonly of: readonly number[];
  readonly onChange: (value: number) => void;
}

function Choice({ label, about, value, of, onChange }: ChoiceProps): React.JSX.Element {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} title={about}>
        {label}
      </label>
      <Select
        id={id}
        value={String(value)}
        options={of.map((each) => ({ value: String(each), label: each.toLocaleString('en') }))}
        onChange={(chosen) => {
          onChange(Number(chosen));
        }}
      />
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
