import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { visible } from './visible-token.ts';

type Balance = NonNullable<DataSummary['preview']['balance']>;

/** How often each class is the target, divided into the parts. */
export function ClassBars({ balance: { classes, others } }: { readonly balance: Balance }): React.JSX.Element {
  const most = classes.reduce((max, { train, validation, test }) => Math.max(max, train + validation + test), 1);
  return (
    <section className="data-picture">
      <SectionTitle aside={others === 0 ? undefined : `and ${others.toLocaleString('en')} more`}>Classes</SectionTitle>
      <ul className="data-classes" tabIndex={0} aria-label="Targets of each class">
        {classes.map(({ name, train, validation, test }, index) => (
          <li key={`${index} ${name}`} title={`${train} to train on, ${validation} to validate, ${test} to test`}>
            <span className="data-class">{visible(name)}</span>
            <span className="data-class-bar" style={{ width: `${((train + validation + test) / most) * 100}%` }}>
              <i data-part="train" style={{ flexGrow: train }} />
              <i data-part="validation" style={{ flexGrow: validation }} />
              <i data-part="test" style={{ flexGrow: test }} />
            </span>
            <span className="mono">{(train + validation + test).toLocaleString('en')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
