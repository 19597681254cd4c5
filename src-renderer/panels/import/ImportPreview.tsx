import type { DataDescription } from '../../../src-engine/session/protocol.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { ClassList } from './ClassList.tsx';
import { ColumnTable } from './ColumnTable.tsx';
import { bytesText, countText } from './import-words.ts';

/** The first rows as they are understood, and what they add up to. */
export function ImportPreview({ description }: { readonly description: DataDescription }): React.JSX.Element {
  const { columns, firstRows, classes, series } = description;
  const shown = series.filter(({ column }) => columns.find(({ name }) => name === column)?.role !== 'ignore').slice(0, 3);
  return (
    <section className="import-preview" aria-label="Preview">
      <SectionTitle aside={rowsText(description)}>First rows</SectionTitle>
      {columns.length > 0 ? <ColumnTable columns={columns} rows={firstRows} /> : <Lines rows={firstRows} />}
      {shown.length === 0 ? null : (
        <>
          <SectionTitle>Series</SectionTitle>
          <div className="import-plot">
            <LineChart
              label="The columns of numbers in the order of the rows"
              lines={shown.map(({ column, values }) => ({ name: column, values: values.map(Number) }))}
              places={rowsOfPoints(shown[0]?.values.length ?? 0, description.rows)}
            />
          </div>
        </>
      )}
      {classes.length === 0 ? null : <ClassList classes={classes} options={description.data.options} />}
      <Lengths description={description} />
    </section>
  );
}

/** The series is thinned evenly: the row of each of its points. */
function rowsOfPoints(points: number, rows: number): readonly number[] {
  return Array.from({ length: points }, (_, index) => (points < 2 ? 0 : Math.round((index * (rows - 1)) / (points - 1))));
}

function rowsText({ rows, bytes, bytesRead, columns }: DataDescription): string {
  const what = countText(rows, columns.length > 0 ? 'row' : 'line');
  return bytesRead < bytes ? `${what} in the first ${bytesText(bytesRead)}` : what;
}

function Lines({ rows }: { readonly rows: DataDescription['firstRows'] }): React.JSX.Element {
  return (
    <ol className="import-lines" tabIndex={0} aria-label="First lines">
      {rows.map((row, index) => (
        <li key={`${index} ${row[0] ?? ''}`}>{row.join('  ')}</li>
      ))}
    </ol>
  );
}

function Lengths({ description: { lengths } }: { readonly description: DataDescription }): React.JSX.Element | null {
  if (lengths === null) return null;
  const { unit, shortest, median, longest } = lengths;
  return (
    <p className="import-lengths">
      {shortest === longest
        ? `Every example has ${countText(longest, unit)}.`
        : `An example has ${shortest.toLocaleString('en')} to ${countText(longest, unit)}, half of them at most ${median.toLocaleString('en')}.`}
    </p>
  );
}
