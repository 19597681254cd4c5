import { useEffect } from 'react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { WeightHistogram } from '../../../src-engine/session/protocol.ts';
import { histogramPicture } from '../../charts/pictures/histogram-picture.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { useWeights, weightsStore } from '../../state/runs/run-weights.ts';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import './weights.css';

const HEIGHT = 44;
/** Histograms shown of one node: a repeating stack has hundreds of arrays. */
const MOST = 12;

/** How the numbers of each of a node's arrays are spread, once trained; negative ones orange, positive ones blue. */
export function WeightHistograms({ id }: { readonly id: NodeId }) {
  useEffect(() => {
    weightsStore.setState({ wanted: id });
    return () => {
      weightsStore.setState({ wanted: null });
    };
  }, [id]);
  const reply = useWeights(id);
  if (reply === null || reply.parameters.length === 0) return null;
  const more = reply.parameters.length - MOST;
  return (
    <section>
      <SectionTitle aside={`step ${reply.step.toLocaleString('en-GB')}`}>Weights</SectionTitle>
      {reply.parameters.slice(0, MOST).map((each) => (
        <Histogram key={each.parameter} histogram={each} name={ownName(each.parameter, id)} />
      ))}
      {more > 0 ? <p className="weights-more">and {more} more arrays</p> : null}
    </section>
  );
}

/** Without the node's own id; in a block the child's id stays. */
function ownName(parameter: string, id: NodeId): string {
  return /^[.[]/.test(parameter.slice(id.length)) && parameter.startsWith(id) ? parameter.slice(id.length).replace(/^[.]/, '') : parameter;
}

function Histogram({ histogram, name }: { readonly histogram: WeightHistogram; readonly name: string }) {
  const { counts, limit, mean, deviation, nonFinite } = histogram;
  const most = Math.max(1, ...counts);
  const edge = limit.toPrecision(2);
  const words = `${name}: mean ${mean.toPrecision(2)}, standard deviation ${deviation.toPrecision(2)}, from −${edge} to ${edge}`;
  const picture = histogramPicture({
    name: histogram.parameter.replaceAll(/[^\w-]+/gu, '-'),
    title: words,
    x: histogram.parameter,
    from: -limit,
    to: limit,
    counts,
  });
  return (
    <figure className="weights">
      <svg viewBox={`0 0 ${counts.length} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        <title>{words}</title>
        {counts.map((count, bin) => {
          const height = count === 0 ? 0 : Math.max(0.75, (count / most) * HEIGHT);
          return (
            <rect key={bin} x={bin + 0.08} width={0.84} y={HEIGHT - height} height={height} data-sign={bin < counts.length / 2 ? 'negative' : 'positive'} />
          );
        })}
      </svg>
      <figcaption>
        <span>−{edge}</span>
        <span className="weights-name">
          {name}
          <PictureMenu label={`Save the histogram of ${name}`} picture={picture} />
        </span>
        <span>{edge}</span>
      </figcaption>
      {nonFinite > 0 ? <p className="weights-bad">{nonFinite.toLocaleString('en-GB')} numbers are not finite.</p> : null}
    </figure>
  );
}
