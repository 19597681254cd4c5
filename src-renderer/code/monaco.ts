/**
 * The editor with what it needs here and nothing more: JSON with its language service, Python's colours, finding, folding, suggestions, hovers.
 * Loaded only with the Code view: it is by far the largest part of the window.
 */
import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/python/register';
import { editor, MarkerSeverity, Uri } from 'monaco-editor/editor';
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
import { jsonDefaults } from 'monaco-editor/languages/features/json/register';
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
import { projectJsonSchema } from '../../src-engine/document/file/json-schema.ts';

export { editor, MarkerSeverity };

/** Where the project's text lives inside the editor; the schema is bound to it. */
export const PROJECT_URI = Uri.parse('unroll://project/project.unroll');

declare global {
  interface Window {
    MonacoEnvironment?: { readonly getWorker: (id: string, label: string) => Worker };
  }
}

let prepared = false;

/** Workers and the schema; once. */
export function prepareEditor(): void {
  if (prepared) return;
  prepared = true;
  window.MonacoEnvironment = { getWorker: (_id, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()) };
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    schemaValidation: 'warning',
    enableSchemaRequest: false,
    schemas: [{ uri: 'unroll://schema/project.json', fileMatch: [PROJECT_URI.toString()], schema: projectJsonSchema() }],
  });
}

/** The editor in the window's colours; called anew when the theme changes. */
export function applyEditorTheme(dark: boolean): void {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const plain = (name: string): string => colour(name).replace('#', '');
  editor.defineTheme('unroll', {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: 'string.key.json', foreground: plain('--text') },
      { token: 'string.value.json', foreground: plain('--state') },
      { token: 'number', foreground: plain('--out') },
      { token: 'keyword', foreground: plain('--block') },
      { token: 'keyword.json', foreground: plain('--block') },
      { token: 'comment', foreground: plain('--faint') },
      { token: 'string', foreground: plain('--state') },
    ],
    colors: {
      'editor.background': colour('--bg'),
      'editor.foreground': colour('--text'),
      'editorLineNumber.foreground': colour('--faint'),
      'editorLineNumber.activeForeground': colour('--text'),
      'editorWidget.background': colour('--raised'),
      'editorWidget.border': colour('--line2'),
      'editorHoverWidget.background': colour('--raised'),
      'editorHoverWidget.border': colour('--line2'),
      'editorSuggestWidget.background': colour('--raised'),
      'editorError.foreground': colour('--bad'),
      'editorWarning.foreground': colour('--warn'),
      'minimap.background': colour('--bg'),
      focusBorder: colour('--accent'),
    },
  });
  editor.setTheme('unroll');
}
