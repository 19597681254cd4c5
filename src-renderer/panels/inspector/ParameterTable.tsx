import type { CheckedNode } from '../../../src-engine/document/checked.ts';
import { useStaleParameters } from '../../state/runs/run-edited.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { HelpButton } from '../glossary/HelpButton.tsx';
import { parameterRows, parameterTotal } from './parameter-rows.ts';

/** A node's arrays with their shapes, and how many numbers they hold. */
export function ParameterTable({ node }: { readonly node: CheckedNode }) {
  const rows = parameterRows(node.parameters, useStaleParameters());
  if (rows.length === 0) return null;
  return (
    <section>
      <SectionTitle aside={parameterTotal(rows)} help={<HelpButton term="parameters" subject="Parameters" />}>
        Parameters
      </SectionTitle>
      <table className="parameter-table">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Array</th>
            <th scope="col">Shape</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.name} ${row.shape.join(' ')}`}>
              <th scope="row">
                {row.name}
                {row.trainable ? null : <span className="parameter-fixed">fixed</span>}
                {row.stale ? <span className="parameter-stale">starts anew</span> : null}
              </th>
              <td>{row.shape.map((size) => size.toLocaleString('en-GB')).join(' \u00d7 ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
