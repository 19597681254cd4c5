import type { DataSummary } from '../../../src-engine/session/protocol.ts';

/** A few rows of the training part, as they are read, with what is to be answered. */
export function SampleRows({ data }: { readonly data: DataSummary }): React.JSX.Element {
  return (
    <section className="data-samples" aria-label="Sample rows">
      <table>
        <thead>
          <tr>
            <th scope="col">A few examples</th>
            <th scope="col">Target</th>
          </tr>
        </thead>
        <tbody>
          {data.samples.map((sample, index) => (
            <tr key={`${index} ${sample.text}`}>
              <td>{sample.text}</td>
              <td className="mono">{sample.target}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
