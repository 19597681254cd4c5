import { visible } from '../../panels/data/visible-token.ts';
import { formatNumber, formatShare } from '../../charts/format-number.ts';
import { unrolledStore, useUnrolled } from '../../state/unrolled-store.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';
import { Fact } from '../Fact.tsx';
import type { DebugReply } from './use-debug.ts';

interface OutputDetailsProps {
  readonly reply: DebugReply;
  /** Null where the model answers once. */
  readonly t: number | null;
}

/** Answers shown. */
const MOST = 6;

/** One answer, what was wanted, and the loss it makes. */
export function OutputDetails({ reply, t }: OutputDetailsProps): React.JSX.Element | null {
  const followed = useUnrolled((unrolled) => unrolled.lossStep);
  const output = t === null ? reply.outputs.at(-1) : (reply.outputs.find((each) => each.t === t) ?? reply.outputs[t - 1]);
  if (output === undefined) return null;
  const { answer, target, loss, weight } = output;
  return (
    <>
      <SectionTitle>Answer</SectionTitle>
      <div className="fact-list">
        {answer.ranked.slice(0, MOST).map(({ class: name, probability }) => (
          <Fact key={name} name={visible(name)} value={formatShare(probability)} about={`probability of ${visible(name)}`} />
        ))}
        {answer.numbers.map(({ column, value }) => (
          <Fact key={column} name={column} value={formatNumber(Number(value))} about={`answer for ${column}`} />
        ))}
      </div>
      <SectionTitle>Loss</SectionTitle>
      <div className="fact-list">
        <Fact name="wanted" value={target === null ? 'no target' : visible(target)} about="what the data, or the text itself, says" />
        <Fact name="loss" value={loss === null ? 'does not count' : formatNumber(Number(loss))} about="of this step alone" />
        {t === null ? null : (
          <Fact name="part of the whole" value={weight === 0 ? 'none' : `1 / ${Math.round(1 / weight).toLocaleString('en')}`} about="its weight in the loss" />
        )}
      </div>
      {t === null || weight === 0 ? null : (
        <div className="unrolled-apply">
          <p>The quantity “flow” follows one step’s loss alone: {followed === null ? 'the last one’s' : `that of t = ${followed}`}.</p>
          <Button
            size="small"
            aria-pressed={followed === t}
            onClick={() => {
              unrolledStore.setState({ lossStep: followed === t ? null : t });
            }}
          >
            {followed === t ? 'Follow the last loss' : 'Follow this loss'}
          </Button>
        </div>
      )}
    </>
  );
}
