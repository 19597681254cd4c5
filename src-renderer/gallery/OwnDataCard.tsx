import { runCommand } from '../state/commands.ts';

const columns = [
  { x: 0, colour: '--in' },
  { x: 34, colour: '--in' },
  { x: 68, colour: '--out' },
] as const;
const rows = [0, 32, 64] as const;

/** A table in the colours of the lecture pictures: columns that are read, one that is answered. */
function TablePicture(): React.JSX.Element {
  return (
    <svg width={90} height={82} viewBox="-1 -1 90 82" aria-hidden>
      {columns.map(({ x, colour }) =>
        rows.map((y) => (
          <rect
            key={`${x} ${y}`}
            x={x}
            y={y}
            width={20}
            height={16}
            rx={4}
            fill={y === 0 ? `var(${colour})` : 'none'}
            stroke={`var(${colour})`}
            strokeWidth={1.5}
          />
        )),
      )}
    </svg>
  );
}

/** The way from a file of one's own to a model. */
export function OwnDataCard(): React.JSX.Element {
  return (
    <button type="button" className="card card-own" onClick={() => runCommand('data.import')}>
      <span className="card-picture">
        <TablePicture />
      </span>
      <span className="card-body">
        <span className="card-title">From your data…</span>
        <span className="card-text">A table, a text, or labelled lines: the file is read, what it holds is recognised, and a model for it is proposed.</span>
        <span className="card-teaches">Classify, forecast, or learn to write. Nothing leaves this computer.</span>
        <span className="card-foot">
          <span className="card-data">CSV · TSV · text · JSONL</span>
        </span>
      </span>
    </button>
  );
}
