import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { DataSummary } from '../../../src-engine/session/protocol.ts';
import { GivenField } from './GivenField.tsx';
import { RankedPlaces } from './RankedPlaces.tsx';
import { useTypedText } from './use-given.ts';

interface ClozeSamplesProps {
  readonly signature: DataSignature;
  readonly data: DataSummary;
}

/** What the model puts into the blanks of a typed text. */
export function ClozeSamples({ signature, data }: ClozeSamplesProps): React.JSX.Element {
  const text = useTypedText(signature, data);
  const unit = signature.input.kind === 'tokens' ? signature.input.unit : 'word';
  return (
    <div className="samples">
      <div className="samples-bar">
        <GivenField label="Text with ___" signature={signature} data={data} />
      </div>
      <section className="samples-main samples-blanks" aria-label="Blanks" tabIndex={0}>
        <RankedPlaces text={text} unit={unit} />
      </section>
    </div>
  );
}
