import { useMemo } from 'react';
import { Hourglass } from 'lucide-react';
import { useMemory, type MemoryResult } from '../../state/memory-store.ts';
import { Empty } from '../Empty.tsx';
import { MemoryControls } from './MemoryControls.tsx';
import { MemoryFindings } from './MemoryFindings.tsx';
import { MemoryPlot, type MemoryCurve } from './MemoryPlot.tsx';
import { cellTitle, decaysOf } from './memory-text.ts';
import { useCells } from './use-cells.ts';
import './memory.css';

/** How long the cell on the canvas remembers: recall at growing lags, trained beside the user's run. */
export function MemoryPanel(): React.JSX.Element {
  const { all, chosen } = useCells();
  const running = useMemory((memory) => memory.running);
  const results = useMemory((memory) => memory.results);
  if (chosen === null && results.length === 0) {
    return (
      <Empty icon={<Hourglass />} title="No recurrent cell">
        How long a cell remembers can be measured where there is one. Add an RNN, GRU or LSTM.
      </Empty>
    );
  }
  return (
    <div className="memory-box">
      <div className="memory">
        <div className="memory-main">{running === null && results.length === 0 ? <Invitation /> : <Picture results={results} />}</div>
        <aside className="memory-aside" aria-label="Memory of a cell">
          <MemoryControls cells={all} chosen={chosen} />
          <MemoryFindings />
        </aside>
      </div>
    </div>
  );
}

function Invitation(): React.JSX.Element {
  return (
    <Empty icon={<Hourglass />} title="How long does this cell remember?">
      The cell reads a letter, then more and more digits that mean nothing, and is asked for the letter. It is trained anew at each lag, beside your run and
      with its settings, until recall collapses.
    </Empty>
  );
}

function Picture({ results }: { readonly results: readonly MemoryResult[] }): React.JSX.Element {
  const running = useMemory((memory) => memory.running);
  const { all } = useCells();
  const points = running?.progress?.points;
  const curves = useMemo<readonly MemoryCurve[]>(() => {
    const done = results.toReversed().map(({ id, reply }) => ({ label: `${String(id)}: ${cellTitle(reply.cell)}`, points: reply.points }));
    return running === null ? done : [{ label: 'being measured', points: points ?? [] }, ...done].slice(0, 4);
  }, [results, running, points]);
  const latest = results.at(-1) ?? null;
  const halfLives = useMemo(() => (latest === null || running !== null ? [] : halfLivesOf(latest)), [latest, running]);
  const longest = Math.max(running?.budget.longest ?? 1, ...results.map(({ budget }) => budget.longest));
  const { chance, threshold } = latest?.reply ?? { chance: 1 / 8, threshold: 9 / 16 };
  const cell = all.find(({ id }) => id === running?.node);
  return (
    <>
      <p className="memory-caption">
        <span>Accuracy of recall by lag, on examples it was not trained on</span>
        {running === null ? null : <span className="mono">{cell === undefined ? '' : `${cell.kind.toUpperCase()} `}being measured</span>}
      </p>
      <div className="memory-plot">
        <MemoryPlot curves={curves} longest={longest} chance={chance} threshold={threshold} halfLives={halfLives} />
      </div>
    </>
  );
}

function halfLivesOf({ reply }: MemoryResult): readonly { readonly label: string; readonly steps: number }[] {
  const { before, after } = decaysOf(reply);
  const mark = (label: string, halfLife: number | null | undefined) =>
    typeof halfLife === 'number' && halfLife > 0 && halfLife <= 2 * Math.max(1, reply.remembers)
      ? [{ label: `${label} ${halfLife.toFixed(1)}`, steps: halfLife }]
      : [];
  return [...mark('half-life', before?.halfLife), ...mark('trained', after?.halfLife)];
}
