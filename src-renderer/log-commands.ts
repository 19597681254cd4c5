import type { Client } from './bridge/client.ts';
import type { Command } from './state/commands.ts';
import { workspaceStore } from './state/workspace-store.ts';
import { tellProblems } from './window-commands.ts';

/** The log: a desktop shell shows the file in its folder, in a browser the window shows its text. */
export function logCommands(client: Client): readonly Command[] {
  const show = async (): Promise<void> => {
    const reply = await client.request('log.read', {});
    if (!reply.ok) tellProblems(reply.problems);
    else if (reply.value.text !== null) workspaceStore.setState({ log: reply.value.text });
  };
  return [{ id: 'help.log', title: 'Show log', group: 'Help', shortcuts: [], enabled: () => true, run: () => void show() }];
}
