import { createContext, useContext } from 'react';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { Client } from '../bridge/client.ts';

/** What the Code view asks of the host. */
export interface CodeActions {
  /** The model of a project in PyTorch, or what stands in the way. */
  readonly pytorch: (project: Project) => Promise<{ readonly text: string } | readonly Problem[]>;
  /** Hands a text to the person as a file. */
  readonly save: (name: string, text: string) => void;
}

export function createCodeActions(client: Client, save: CodeActions['save']): CodeActions {
  return {
    pytorch: async (project) => {
      const reply = await client.request('code.pytorch', { text: serializeProject(project) });
      return reply.ok ? reply.value : reply.problems;
    },
    save,
  };
}

const CodeContext = createContext<CodeActions | null>(null);

export const CodeProvider = CodeContext.Provider;

export function useCodeActions(): CodeActions {
  const actions = useContext(CodeContext);
  if (actions === null) throw new Error('useCodeActions outside of CodeProvider');
  return actions;
}
