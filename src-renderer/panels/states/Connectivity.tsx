import { useMemo, useState } from 'react';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { ConnectivityReply, DataSummary } from '../../../src-engine/session/protocol.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import { visible } from '../data/visible-token.ts';
import { AskNotes } from '../samples/AskNotes.tsx';
import { formatShare } from '../../charts/format-number.ts';
import { TokenRow } from '../samples/TokenRow.tsx';
import { useGiven } from '../samples/use-given.ts';
import { KeptScrubber } from '../scrubber/KeptScrubber.tsx';
import { momentOf, usePast } from '../scrubber/use-past.ts';
import { connectivityPicture } from './states-picture.ts';
import { connectivityTokens, type ConnectivityScale } from './connectivity-tokens.ts';

interface ConnectivityProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** How much each part of the input matters to the answer at a step: the norm of the gradient of that answer by that part. */
export function Connectivity({ signature, data }: ConnectivityProps): React.JSX.Element {
  const ask = useAsk();
  const given = useGiven(signature, data);
  const [scale, setScale] = useState<ConnectivityScale>('relative');
  const [past, setPast] = usePast();
  const question = useMemo(() => (given === null ? null : () => ask('session.connectivity', { input: given, ...momentOf(past) })), [ask, given, past]);
  const { value, problems } = useAnswer(question, 1500);
  return (
    <>
      <div className="states-bar">
        <Segmented
          label="Scale of the connections"
          value={scale}
          options={[
            { value: 'relative', label: 'relative' },
            { value: 'absolute', label: 'absolute' },
          ]}
          onChange={setScale}
        />
        <p className="states-readout">
          {scale === 'relative'
            ? 'Per cent of what this answer hangs on; the strongest token of each answer has the full colour.'
            : 'Norm of the gradient; one colour scale for all answers, so that they compare.'}
        </p>
        {value === null ? null : <PictureMenu label="Save the connectivity" picture={connectivityPicture(value, scale)} />}
      </div>
      <AskNotes problems={problems} />
      {value === null ? null : <Connections reply={value} scale={scale} />}
      <KeptScrubber reply={value} past={past} onPast={setPast} />
    </>
  );
}

function Connections({ reply, scale }: { readonly reply: ConnectivityReply; readonly scale: ConnectivityScale }): React.JSX.Element {
  const [hovered, setHovered] = useState<number | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [read, setRead] = useState<number | null>(null);
  const last = reply.answers.length - 1;
  const at = Math.min(hovered ?? chosen ?? last, last);
  const tokens = useMemo(() => connectivityTokens(reply, at, scale), [reply, at, scale]);
  // Answers stand on their own steps in a decoder, and on those of the input elsewhere: then the text itself is where one points.
  const sameSteps = reply.answers.length === reply.read.length;
  const answers = useMemo(
    () => reply.answers.map(({ of, probability }) => ({ text: of, known: true, tint: 0, about: probability === null ? 'number' : formatShare(probability) })),
    [reply],
  );
  const answer = reply.answers[at];
  const said = answer === undefined ? '' : `${visible(answer.of)}${answer.probability === null ? '' : ` (${formatShare(answer.probability)})`}`;
  return (
    <div className="connectivity">
      <p className="connectivity-said">
        {reply.answers.length === 1 ? 'The answer' : `The answer at t = ${at + 1}${sameSteps ? `, after “${visible(reply.read[at]?.text ?? '')}”,` : ''}`} is{' '}
        <strong className="mono">{said}</strong>. It hangs on:
      </p>
      <TokenRow
        label={sameSteps && last > 0 ? 'The input; point at a step to see what its answer hangs on' : 'The input, tinted by how much it matters'}
        tokens={tokens}
        cursor={sameSteps && last > 0 ? at : read}
        onCursor={sameSteps && last > 0 ? setHovered : setRead}
        {...(sameSteps && last > 0 ? { chosen, onChoose: setChosen } : {})}
      />
      {sameSteps || last === 0 ? null : (
        <>
          <p className="samples-caption">The answer, step by step: point at one</p>
          <TokenRow label="The answer, step by step" tokens={answers} cursor={at} onCursor={setHovered} chosen={chosen} onChoose={setChosen} />
        </>
      )}
      <p className="samples-readout">
        <span className="mono">
          {read === null || tokens[read] === undefined ? '' : `“${visible(tokens[read].text)}” at t = ${read + 1}: ${tokens[read].about}`}
        </span>
        <span className="connectivity-step mono">step {reply.step.toLocaleString('en')}</span>
      </p>
    </div>
  );
}
