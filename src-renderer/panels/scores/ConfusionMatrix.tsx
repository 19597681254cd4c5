import { memo, useState } from 'react';
import { formatShare } from '../../charts/format-number.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import type { Validation } from '../../../src-engine/session/protocol.ts';
import { confusionPicture } from './confusion-picture.ts';

interface ConfusionMatrixProps {
  /** [C,C], a row for each true class. */
  readonly counts: readonly (readonly number[])[];
  readonly classes: readonly string[];
  readonly perClass: NonNullable<Validation['measures']['perClass']>;
  readonly part: 'validation' | 'test';
}

interface Cell {
  readonly truth: number;
  readonly answer: number;
}

/** Up to so many classes the counts stand in the cells. */
const MOST_WITH_COUNTS = 10;

/** A row for each true class, a column for each answer; a cell is as strong as its share of the row. */
export function ConfusionMatrix({ counts, classes, perClass, part }: ConfusionMatrixProps): React.JSX.Element {
  const [cell, setCell] = useState<Cell | null>(null);
  const roomy = counts.length <= MOST_WITH_COUNTS;
  const name = (index: number): string => spelled(classes[index] ?? String(index));
  return (
    <figure className="confusion" data-roomy={roomy}>
      <figcaption>
        <span>Confusion, {part} part: truth down, answers across</span>
        <span className="mono confusion-readout">{cell === null ? '' : readout(cell, counts, name)}</span>
        <PictureMenu label="Save the confusion matrix" picture={confusionPicture(counts, name, part)} />
      </figcaption>
      <div className="confusion-scroll">
        <ConfusionTable counts={counts} classes={classes} perClass={perClass} onCell={setCell} />
      </div>
    </figure>
  );
}

interface ConfusionTableProps extends Omit<ConfusionMatrixProps, 'part'> {
  readonly onCell: (cell: Cell | null) => void;
}

/** Thousands of cells with 60 classes: not drawn again when the pointer moves over them. */
const ConfusionTable = memo(function ConfusionTable({ counts, classes, perClass, onCell }: ConfusionTableProps): React.JSX.Element {
  const roomy = counts.length <= MOST_WITH_COUNTS;
  const name = (index: number): string => spelled(classes[index] ?? String(index));
  return (
    <table
      onPointerLeave={() => {
        onCell(null);
      }}
    >
      <thead>
        <tr>
          <td />
          {counts.map((_, answer) => (
            <th key={answer} scope="col" title={name(answer)}>
              {name(answer)}
            </th>
          ))}
          <th scope="col" className="confusion-measure">
            precision
          </th>
          <th scope="col" className="confusion-measure">
            recall
          </th>
          <th scope="col" className="confusion-measure">
            F1
          </th>
        </tr>
      </thead>
      <tbody>
        {counts.map((row, truth) => (
          <tr key={truth}>
            <th scope="row" title={name(truth)}>
              {name(truth)}
            </th>
            {row.map((count, answer) => (
              <td
                key={answer}
                className="confusion-cell mono"
                data-right={truth === answer}
                style={{ '--share': count / Math.max(1, sum(row)) } as React.CSSProperties}
                onPointerEnter={() => {
                  onCell({ truth, answer });
                }}
              >
                {roomy ? count.toLocaleString('en') : <span className="visually-hidden">{count}</span>}
              </td>
            ))}
            {(['precision', 'recall', 'f1'] as const).map((measure) => (
              <td key={measure} className="confusion-measure mono">
                {formatShare(perClass[truth]?.[measure] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

function readout({ truth, answer }: Cell, counts: ConfusionMatrixProps['counts'], name: (index: number) => string): string {
  const row = counts[truth] ?? [];
  const count = row[answer] ?? 0;
  return `${name(truth)} answered ${name(answer)}: ${count.toLocaleString('en')}, ${formatShare(count / Math.max(1, sum(row)))}`;
}

function sum(row: readonly number[]): number {
  return row.reduce((total, count) => total + count, 0);
}

/** White space as a person can see it. */
function spelled(name: string): string {
  return name.trim() === '' ? JSON.stringify(name) : name;
}
