import type { editor } from 'monaco-editor/editor';
import { LETTERS, MONO } from '../charts/letters.ts';

/** What both editors have in common. */
export const EDITOR_OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  theme: 'unroll',
  automaticLayout: true,
  fontFamily: MONO,
  fontSize: LETTERS.code,
  lineHeight: 19,
  tabSize: 2,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'line',
  // Its colours are none of the window's and say nothing here.
  bracketPairColorization: { enabled: false },
  padding: { top: 10, bottom: 10 },
  stickyScroll: { enabled: false },
  fixedOverflowWidgets: true,
  quickSuggestions: { strings: true, other: true, comments: false },
};
