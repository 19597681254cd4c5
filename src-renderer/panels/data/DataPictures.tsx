import { useMemo } from 'react';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { Bars, type Bar } from '../../charts/Bars.tsx';
import { formatNumber } from '../../charts/format-number.ts';
import { histogramPicture } from '../../charts/pictures/histogram-picture.ts';
import { LineChart, type Band } from '../../charts/LineChart.tsx';
import type { Picture } from '../../charts/pictures/picture.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { ClassBars } from './ClassBars.tsx';
import { FrequentTokens } from './FrequentTokens.tsx';

/** What the data looks like: its series or curves, the lengths of its examples, its classes or numbers, its most frequent tokens. */
export function DataPictures({ data }: { readonly data: DataSummary }): React.JSX.Element {
  const { lengths, balance, targets, series, curves, frequent } = data.preview;
  const unit = data.unit === 'number' ? 'step' : data.unit;
  return (
    <div className="data-pictures">
      {series === null ? null : <SeriesPicture series={series} />}
      {curves === null ? null : <CurvesPicture curves={curves} />}
      {balance === null ? null : <ClassBars balance={balance} />}
      {targets === null ? null : (
        <section className="data-picture">
          <SectionTitle
            aside={
              <PictureMenu
                label="Save the histogram of the targets"
                picture={histogramPicture({ name: 'targets', title: 'Targets of the examples', x: 'target', ...targets })}
              />
            }
          >
            Targets
          </SectionTitle>
          <Bars label="How the targets are distributed" bars={valueBars(targets)} ends={[formatNumber(targets.from), formatNumber(targets.to)]} />
        </section>
      )}
      {lengths.counts.length < 2 ? null : (
        <section className="data-picture">
          <SectionTitle
            aside={
              <span className="data-save">
                mean {lengths.mean.toFixed(1)}
                <PictureMenu label="Save the histogram of the lengths" picture={lengthPicture(lengths, unit)} />
              </span>
            }
          >
            Length in {unit}s
          </SectionTitle>
          <Bars
            label={`How many ${unit}s the examples have`}
            bars={lengthBars(lengths, unit)}
            ends={[lengths.from.toLocaleString('en'), data.longest.toLocaleString('en')]}
          />
        </section>
      )}
      {frequent.length === 0 ? null : <FrequentTokens frequent={frequent} unit={unit} />}
    </div>
  );
}

type Preview = DataSummary['preview'];

function lengthPicture({ from, width, counts }: Preview['lengths'], unit: string): Picture {
  const edges = { from: from - 0.5, to: from - 0.5 + width * counts.length };
  return histogramPicture({ name: 'lengths', title: 'Lengths of the examples', x: `length in ${unit}s`, counts, ...edges });
}

function lengthBars({ from, width, counts }: Preview['lengths'], unit: string): readonly Bar[] {
  return counts.map((count, bin) => {
    const [low, high] = [from + bin * width, from + (bin + 1) * width - 1];
    return { count, name: low === high ? `${low} ${unit}${low === 1 ? '' : 's'}` : `${low} to ${high} ${unit}s` };
  });
}

function valueBars({ from, to, counts }: NonNullable<Preview['targets']>): readonly Bar[] {
  const step = (to - from) / counts.length;
  return counts.map((count, bin) => ({ count, name: `${formatNumber(from + bin * step)} to ${formatNumber(from + (bin + 1) * step)}` }));
}

const parts = [
  { name: 'Train', colour: '--out', part: 'train' },
  { name: 'Validation', colour: '--in', part: 'validation' },
  { name: 'Test', colour: '--state', part: 'test' },
] as const;

function SeriesPicture({ series }: { readonly series: NonNullable<Preview['series']> }): React.JSX.Element {
  const { columns, places, labels, validationStart, testStart } = series;
  const bands = useMemo((): readonly Band[] => {
    const edges = [places[0] ?? 0, validationStart, testStart, places.at(-1) ?? 0];
    return parts.map(({ colour }, index) => ({ from: edges[index] ?? 0, to: edges[index + 1] ?? 0, colour }));
  }, [places, validationStart, testStart]);
  return (
    <section className="data-picture data-picture-wide">
      <SectionTitle
        aside={
          <span className="data-parts">
            {parts.map(({ name, part }) => (
              <span key={part}>
                <i className="data-key" data-part={part} aria-hidden />
                {name}
              </span>
            ))}
          </span>
        }
      >
        Series
      </SectionTitle>
      <LineChart
        label="The series, its parts tinted"
        lines={columns}
        places={places}
        labels={labels}
        bands={bands}
        picture={{ name: 'series', x: 'row', y: columns[0]?.name ?? '' }}
      />
    </section>
  );
}

function CurvesPicture({ curves: { name, curves } }: { readonly curves: NonNullable<Preview['curves']> }): React.JSX.Element {
  const lines = useMemo(() => curves.map(({ label, values }) => ({ name: label, values })), [curves]);
  return (
    <section className="data-picture data-picture-wide">
      <SectionTitle>Examples: {name}</SectionTitle>
      <LineChart label="A few examples, step by step" lines={lines} together picture={{ name: 'examples', x: 'step t', y: 'value' }} />
    </section>
  );
}
