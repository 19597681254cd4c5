import { checkGraph } from '../../document/check.ts';
import { parseProjectValue } from '../../document/file/parse-project.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { DataSignature } from '../../document/signature.ts';
import { writeModelCode } from '../../exchange/pytorch/write-model-code.ts';

/** The document's model as PyTorch code. Throws ProblemError where the document cannot be read, has problems, or no data says its sizes. */
export function modelCode(value: unknown, signature: DataSignature | null): { readonly text: string } {
  const parsed = parseProjectValue(value);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const checked = checkGraph(parsed.project.graph, signature);
  if (!checked.ok) throw new ProblemError(checked.problems);
  if (signature === null) {
    throw new ProblemError([
      problem(
        'U024',
        'The sizes of the model come from its data, and no data is loaded.',
        'Choose a data set in the Data panel, or mend what keeps it from loading.',
      ),
    ]);
  }
  return { text: writeModelCode(parsed.project, signature) };
}
