import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Copy, Download } from 'lucide-react';
import type { Problem } from '../../src-engine/document/problems.ts';
import { useCodeActions } from '../state/code-context.ts';
import { useDocument } from '../state/document-store.ts';
import { useTheme } from '../state/workspace/workspace-theme.ts';
import { Button } from '../ui/Button.tsx';
import { applyEditorTheme, editor, prepareEditor } from './monaco.ts';
import { EDITOR_OPTIONS } from './options.ts';

type Code =
  { readonly kind: 'waiting' } | { readonly kind: 'code'; readonly text: string } | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Milliseconds after the last change of the document before its code is asked for. */
const QUIET = 250;

/** The model as PyTorch code, to read, copy and save. */
export function PytorchView({ languages }: { readonly languages: ReactNode }): React.JSX.Element {
  const code = usePytorch();
  return (
    <div className="code-project">
      <div className="code-bar">
        {languages}
        <span className="code-bar-note">model.py, written anew whenever the canvas changes</span>
        {code.kind === 'code' ? <TakeAlong text={code.text} /> : null}
      </div>
      {code.kind === 'refused' ? <Refusal problems={code.problems} /> : null}
      {code.kind === 'code' ? <ReadOnlyCode text={code.text} /> : null}
    </div>
  );
}

function TakeAlong({ text }: { readonly text: string }): React.JSX.Element {
  const { save } = useCodeActions();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => {
      setCopied(false);
    }, 2000);
    return () => {
      window.clearTimeout(timer);
    };
  }, [copied]);
  const copy = (): void => {
    void navigator.clipboard.writeText(text).then(() => {
      setCopied(true);
    });
  };
  return (
    <>
      <Button size="small" icon={<Copy aria-hidden />} onClick={copy}>
        {copied ? 'Copied' : 'Copy'}
      </Button>
      <Button
        size="small"
        icon={<Download aria-hidden />}
        onClick={() => {
          save('model.py', text);
        }}
      >
        Save
      </Button>
    </>
  );
}

function Refusal({ problems }: { readonly problems: readonly Problem[] }): React.JSX.Element {
  return (
    <div className="code-refusal">
      <p>There is no code yet: the model cannot be trained as it stands.</p>
      <ul>
        {problems.map(({ code, message, fix }) => (
          <li key={`${code} ${message}`}>
            {message} <span className="mute">{fix}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ReadOnlyCode({ text }: { readonly text: string }): React.JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [model, setModel] = useState<editor.ITextModel | null>(null);
  const theme = useTheme();
  useEffect(() => {
    if (place.current === null) return;
    prepareEditor();
    const created = editor.createModel('', 'python');
    const view = editor.create(place.current, { ...EDITOR_OPTIONS, model: created, readOnly: true, ariaLabel: 'The model in PyTorch' });
    setModel(created);
    return () => {
      view.dispose();
      created.dispose();
    };
  }, []);
  useEffect(() => {
    if (model?.isDisposed() === false) model.setValue(text);
  }, [model, text]);
  useEffect(() => {
    applyEditorTheme(theme === 'dark');
  }, [theme]);
  return <div ref={place} className="code-editor" />;
}

/** The code of the document as it stands; the last one stays while the next is on its way. */
function usePytorch(): Code {
  const { pytorch } = useCodeActions();
  const project = useDocument((state) => state.project);
  const signature = useDocument((state) => state.signature);
  const [code, setCode] = useState<Code>({ kind: 'waiting' });
  useEffect(() => {
    let current = true;
    const timer = window.setTimeout(() => {
      void pytorch(project).then((answer) => {
        if (current) setCode('text' in answer ? { kind: 'code', text: answer.text } : { kind: 'refused', problems: answer });
      });
    }, QUIET);
    return () => {
      current = false;
      window.clearTimeout(timer);
    };
  }, [pytorch, project, signature]);
  return code;
}
