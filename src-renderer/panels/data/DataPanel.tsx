import { Database, Sparkles } from 'lucide-react';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { useRun } from '../../state/run-store.ts';
import { Empty } from '../Empty.tsx';
import { metricName, scoreText } from '../score-text.ts';
import './data.css';

/** What the open data set holds. */
export function DataPanel(): React.JSX.Element {
  const data = useRun((run) => run.opened?.data ?? null);
  const opening = useRun((run) => run.opening);
  if (data === null) {
    return (
      <Empty icon={<Database />} title={opening ? 'Reading the data' : 'No data'}>
        {opening ? 'The data set is being loaded and split.' : 'A template brings its data along. It is loaded when the model has no problems.'}
      </Empty>
    );
  }
  return (
    <div className="data">
      <Facts data={data} />
      <Samples data={data} />
    </div>
  );
}

function Facts({ data }: { readonly data: DataSummary }): React.JSX.Element {
  const { train, validation, test } = data.counts;
  const count = (value: number): string => value.toLocaleString('en');
  return (
    <section className="data-facts">
      <h2 className="data-title">
        {data.title}
        {data.generated ? (
          <span className="data-badge">
            <Sparkles aria-hidden />
            generated
          </span>
        ) : null}
      </h2>
      <div className="data-split" role="img" aria-label={`${train} rows to train on, ${validation} to validate, ${test} to test`}>
        <span data-part="train" style={{ flexGrow: train }} />
        <span data-part="validation" style={{ flexGrow: validation }} />
        <span data-part="test" style={{ flexGrow: test }} />
      </div>
      <dl className="data-list">
        <Fact name="Train" value={count(train)} part="train" />
        <Fact name="Validation" value={count(validation)} part="validation" />
        <Fact name="Test" value={count(test)} part="test" />
        <Fact name="Longest" value={`${count(data.longest)} ${data.unit === 'number' ? 'steps' : `${data.unit}s`}`} />
        {data.unit === 'number' ? null : <Fact name="Vocabulary" value={count(data.vocabulary)} />}
        {data.classes.length === 0 ? null : <Fact name="Classes" value={data.classes.join(', ')} />}
        <Fact name="To beat" value={`${scoreText(data.baseline.metric, data.baseline.score)} ${metricName(data.baseline.metric)}`} note={data.baseline.name} />
      </dl>
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
  readonly part?: string;
}

function Fact({ name, value, note, part }: FactProps): React.JSX.Element {
  return (
    <>
      <dt>
        {part === undefined ? null : <span className="data-key" data-part={part} />}
        {name}
      </dt>
      <dd>
        <span className="mono">{value}</span>
        {note === undefined ? null : <span className="faint"> {note}</span>}
      </dd>
    </>
  );
}

function Samples({ data }: { readonly data: DataSummary }): React.JSX.Element {
  return (
    <section className="data-samples" aria-label="Sample rows" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">A few rows</th>
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
