import { CircleSlash2 } from 'lucide-react';
import { documentActions, documentStore } from '../state/document-store.ts';
import { Button } from '../ui/Button.tsx';
import { Popover } from '../ui/popups/Popover.tsx';
import { ShapeText } from '../ui/ShapeText.tsx';
import { PROBLEM_TITLES } from '../../src-engine/document/problems.ts';
import { applyEdit } from './edits/apply-edit.ts';
import { useCanvas, useCanvasStore, type Refusal } from './canvas-store.ts';
import { remedyEdit } from './edits/add-edits.ts';

/** Why a wire was refused, where it was let go: both shapes, the axis that failed, and the fix in one click where there is one. */
export function RefusalPopover() {
  const store = useCanvasStore();
  const refusal = useCanvas((state) => state.refusal);
  if (refusal === null) return null;
  const close = () => {
    store.setState({ refusal: null });
  };
  const { problem } = refusal;
  return (
    <Popover open onOpenChange={close} label="This wire does not fit" role="alertdialog" at={refusal.at}>
      <h2 className="refusal-title">
        <CircleSlash2 aria-hidden />
        {sentenceCase(PROBLEM_TITLES[problem.code])}
      </h2>
      <p className="refusal-text">
        <ShapeText>{problem.message}</ShapeText>
      </p>
      <p className="refusal-fix">
        <ShapeText>{problem.fix}</ShapeText>
      </p>
      <div className="refusal-actions">
        {problem.remedy === null ? null : <RemedyButton refusal={refusal} onDone={close} />}
        <Button size="small" onClick={close}>
          Close
        </Button>
      </div>
    </Popover>
  );
}

function RemedyButton({ refusal, onDone }: { readonly refusal: Refusal; readonly onDone: () => void }) {
  const { remedy } = refusal.problem;
  if (remedy === null) return null;
  return (
    <Button
      size="small"
      variant="primary"
      onClick={() => {
        onDone();
        applyEdit(remedyEdit(documentStore.getState().project.graph, refusal.from, refusal.to, remedy));
        if (refusal.next !== undefined) documentActions.select({ nodes: [refusal.next] });
      }}
    >
      {remedy.label}
    </Button>
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
