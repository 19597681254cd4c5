import type { ScoreRow } from './score-rows.ts';

/** Measures down, parts of the data across; the baselines of each on the right. */
export function ScoreTable({ rows }: { readonly rows: readonly ScoreRow[] }): React.JSX.Element {
  return (
    <table className="score-table">
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">validation</th>
          <th scope="col">test</th>
          <th scope="col">without a model, test</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, main, validation, test, baselines }) => (
          <tr key={name} data-main={main}>
            <th scope="row">{name}</th>
            <td className="mono">{validation ?? '·'}</td>
            <td className="mono">{test ?? '·'}</td>
            <td>
              {baselines.map((baseline) => (
                <span key={baseline.name} className="score-baseline">
                  <span className="mono">{baseline.score}</span> {baseline.name}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
