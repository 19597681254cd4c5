import { COLUMN_PREFIX } from '../../../src-engine/document/data/import-options.ts';
import type { ColumnDescription } from '../../../src-engine/session/protocol.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { Select } from '../../ui/fields/Select.tsx';
import { countText, rolesFor } from './import-words.ts';

interface ColumnTableProps {
  readonly columns: readonly ColumnDescription[];
  readonly rows: readonly (readonly string[])[];
}

/** The first rows, each column under the role it plays. */
export function ColumnTable({ columns, rows }: ColumnTableProps): React.JSX.Element {
  const actions = useDataActions();
  return (
    <div className="import-table" tabIndex={0} role="region" aria-label="First rows">
      <table>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={`${index} ${column.name}`} scope="col" data-role={column.role}>
                <span className="import-column" title={column.name}>
                  {column.name}
                </span>
                <span className="import-kind">{kindText(column)}</span>
                <Select
                  label={`Role of ${column.name}`}
                  value={column.role}
                  options={rolesFor(column)}
                  onChange={(role) => void actions.decide({ [`${COLUMN_PREFIX}${column.name}`]: role })}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${index} ${row.join(' ')}`}>
              {columns.map((column, place) => (
                <td key={`${place} ${column.name}`} data-role={column.role} data-kind={column.kind} title={row[place]}>
                  {row[place] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const kindNames: Readonly<Record<ColumnDescription['kind'], string>> = {
  number: 'numbers',
  date: 'dates',
  category: 'categories',
  text: 'texts',
  empty: 'empty',
};

function kindText({ kind, distinct, missing }: ColumnDescription): string {
  const different = kind === 'category' && distinct !== null ? countText(distinct, 'category', 'categories') : kindNames[kind];
  return missing === 0 ? different : `${different}, ${missing.toLocaleString('en')} missing`;
}
