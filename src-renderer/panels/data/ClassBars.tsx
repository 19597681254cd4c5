import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { barsPicture } from '../../charts/pictures/bars-picture.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import type { Picture } from '../../charts/pictures/picture.ts';
import { visible } from './visible-token.ts';

type Balance = NonNullable<DataSummary['preview']['balance']>;

/** How often each class is the target, divided into the parts. */
export function ClassBars({ balance: { classes, others } }: { readonly balance: Balance }): React.JSX.Element {
  const most = classes.reduce((max, { train, validation, test }) => Math.max(max, train + validation + test), 1);
  return (
    <section className="data-picture">
      <SectionTitle
        aside={
          <>
            {others === 0 ? null : `and ${others.toLocaleString('en')} more`}
            <PictureMenu label="Save the classes" picture={classesPicture(classes)} />
          </>
        }
      >
        Classes
      </SectionTitle>
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

/** The part that a bar's piece stands for has its colour everywhere. */
function classesPicture(classes: Balance['classes']): Picture {
  const bars = (colour: (variable: string) => string) =>
    classes.map(({ name, train, validation, test }) => ({
      name: visible(name),
      pieces: [
        { value: train, colour: colour('--out') },
        { value: validation, colour: colour('--in') },
        { value: test, colour: colour('--state') },
      ],
      text: (train + validation + test).toLocaleString('en'),
    }));
  const rows = classes.map(({ name, train, validation, test }) => [name, train, validation, test]);
  return barsPicture('classes', 'Examples of each class: training, validation, test', bars, { columns: ['class', 'train', 'validation', 'test'], rows });
}
