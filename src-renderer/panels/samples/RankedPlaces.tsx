import { useCallback } from 'react';
import { useAsk } from '../../state/ask-context.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { AskNotes } from './AskNotes.tsx';
import { ProbabilityBars } from './ProbabilityBars.tsx';

/** Candidates that are shown. */
const COUNT = 10;

interface RankedPlacesProps {
  readonly text: string;
  readonly unit: 'word' | 'character';
}

/** What the model puts next, or into each blank, the likeliest first. */
export function RankedPlaces({ text, unit }: RankedPlacesProps): React.JSX.Element {
  const ask = useAsk();
  const question = useCallback(() => ask('session.rankNext', { text, count: COUNT }), [ask, text]);
  const { value, problems } = useAnswer(question);
  const places = value?.places ?? [];
  return (
    <>
      {problems.length > 0 ? <AskNotes problems={problems} /> : null}
      {places.length === 0 ? <p className="samples-caption">Next {unit}</p> : null}
      {places.map((place, index) => (
        <div key={index} className="ranked-place">
          <p className="samples-caption">
            <span className="ranked-context" title={`${place.before} ___ ${place.after ?? ''}`.trim()}>
              {place.after === null ? `Next ${unit}` : `Blank ${index + 1}`}
            </span>
            <span className="mono">step {(value?.step ?? 0).toLocaleString('en')}</span>
          </p>
          <ProbabilityBars
            label={place.after === null ? `Likeliest next ${unit}s` : `Likeliest for blank ${index + 1}`}
            entries={place.candidates.map(({ token, probability }) => ({ name: token, probability }))}
          />
        </div>
      ))}
    </>
  );
}
