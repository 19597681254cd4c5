import { pathOfSource } from '../../../../src-engine/document/data/import-options.ts';
import type { DataSummary } from '../../../../src-engine/session/protocol.ts';
import { useDocument } from '../../../state/document-store.ts';
import { useRun } from '../../../state/run-store.ts';
import { HelpButton } from '../../glossary/HelpButton.tsx';
import { SectionTitle } from '../../../ui/SectionTitle.tsx';

/** The data the project names, with its sizes once a session has read them. */
export function DataSummaryView() {
  const source = useDocument((state) => state.project.data?.source ?? null);
  const data = useRun((run) => run.opened?.data ?? null);
  return (
    <section>
      <SectionTitle aside={source === null ? 'none' : <span title={source}>{shortSource(source)}</span>} help={<HelpButton term="split" subject="Data" />}>
        Data
      </SectionTitle>
      {source === null ? <p className="mute">This project has no data yet.</p> : null}
      {source !== null && data === null ? <p className="mute">Read when the project is ready to train.</p> : null}
      {data === null || source !== data.source ? null : <DataRows data={data} />}
    </section>
  );
}

function DataRows({ data }: { readonly data: DataSummary }) {
  const { train, validation, test } = data.counts;
  const rows: readonly (readonly [string, string])[] = [
    ['Name', data.generated ? `${data.title} (generated)` : data.title],
    ['Examples', `${numberText(train)} / ${numberText(validation)} / ${numberText(test)}`],
    ['Longest', `${numberText(data.longest)} ${data.unit === 'number' ? 'steps' : `${data.unit}s`}`],
    ...(data.vocabulary === 0 ? [] : ([['Vocabulary', numberText(data.vocabulary)]] as const)),
    ...(data.classes.length === 0 ? [] : ([['Classes', data.classes.length <= 4 ? data.classes.join(', ') : numberText(data.classes.length)]] as const)),
  ];
  return (
    <dl className="port-table">
      {rows.map(([name, value]) => (
        <div key={name} className="port-row">
          <dt title={name === 'Examples' ? 'Training, validation and test part' : undefined}>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function numberText(value: number): string {
  return value.toLocaleString('en-GB');
}

/** Of data in a file its name: a path may be as long as the inspector is high. */
function shortSource(source: string): string {
  return pathOfSource(source)?.split('/').at(-1) ?? source;
}
