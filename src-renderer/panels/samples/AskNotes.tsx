import type { Problem } from '../../../src-engine/document/problems.ts';

interface AskNotesProps {
  readonly problems: readonly Problem[];
  /** Tokens that the model does not know. */
  readonly unknown?: readonly string[];
}

/** Names shown of what the model does not know. */
const MOST = 6;

/** What stands in the way of an answer, or qualifies it. Keeps its line when there is nothing to say. */
export function AskNotes({ problems, unknown = [] }: AskNotesProps): React.JSX.Element {
  const [first] = problems;
  if (first !== undefined) {
    return (
      <p className="ask-notes" role="status" data-bad="true">
        {first.message} {first.fix}
      </p>
    );
  }
  const names = unknown.slice(0, MOST).map((token) => `“${token}”`);
  const more = unknown.length - names.length;
  return (
    <p className="ask-notes" role="status">
      {unknown.length === 0 ? '' : `Not in the vocabulary, read as unknown: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`}
    </p>
  );
}
