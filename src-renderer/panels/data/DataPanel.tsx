import { Database } from 'lucide-react';
import { useData, dataKey } from '../../state/data-store.ts';
import { useDocument } from '../../state/document-store.ts';
import { Empty } from '../Empty.tsx';
import { ProblemNote } from '../problems/ProblemNote.tsx';
import { DataChoice } from './DataChoice.tsx';
import { DataFacts } from './DataFacts.tsx';
import { DataOptions } from './DataOptions.tsx';
import { DataPictures } from './DataPictures.tsx';
import { SampleRows } from './SampleRows.tsx';
import { SplitFields } from './SplitFields.tsx';
import './data.css';

/** The project's data: which it is, how it is split, and what it holds. */
export function DataPanel(): React.JSX.Element {
  const spec = useDocument((state) => state.project.data);
  const state = useData((each) => each);
  const current = spec !== null && state.key === dataKey(spec);
  const { summary, problems } = state;
  return (
    <div className="data" data-stale={!current && spec !== null}>
      <section className="data-side" aria-label="Data set">
        <DataChoice data={spec} />
        {spec === null ? null : (
          <>
            {summary === null || summary.source !== spec.source ? null : <DataFacts data={summary} />}
            <DataOptions data={spec} />
            <SplitFields data={spec} />
          </>
        )}
      </section>
      <div className="data-main">
        {current && problems.length > 0 ? (
          <ul className="data-problems" aria-label="Problems of the data">
            {problems.map((problem, index) => (
              <li key={`${index} ${problem.message}`}>
                <ProblemNote problem={problem} tone="bad" />
              </li>
            ))}
          </ul>
        ) : null}
        {summary === null || spec === null || summary.source !== spec.source ? (
          current && problems.length > 0 ? null : (
            <Empty icon={<Database />} title={spec === null ? 'No data' : 'Reading the data'}>
              {spec === null ? 'Choose a data set on the left, or bring your own.' : 'It is being loaded and split.'}
            </Empty>
          )
        ) : (
          <>
            <DataPictures data={summary} />
            <SampleRows data={summary} />
          </>
        )}
      </div>
    </div>
  );
}
