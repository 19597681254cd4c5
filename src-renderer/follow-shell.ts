import type { Client } from './bridge/client.ts';
import { followMenu, runMenuCommand } from './state/menu-commands.ts';
import { pageDelay } from './state/page-delay.ts';
import type { FileActions } from './state/workspace/workspace-files.ts';
import { leaveDocument } from './state/workspace/workspace-leave.ts';
import { tellFile } from './window-commands.ts';

/** What a desktop shell says: commands chosen in its menu, files that the system hands over, and that the work is to be saved before the window goes. */
export function followShell(client: Client, files: FileActions, window: Window): void {
  const takeHanded = async (): Promise<void> => {
    const reply = await client.request('project.handed', {});
    const handed = reply.ok ? reply.value.handed : null;
    if (handed === null) return;
    leaveDocument(() => {
      void files.openKnown(handed.handle).then((outcome) => {
        tellFile(outcome, 'Opened');
      });
    });
  };
  const saveFirst = async (): Promise<void> => {
    const outcome = await files.save(false);
    if (outcome.kind === 'done') await client.request('app.leave', {});
    else tellFile(outcome, 'Saved');
  };
  client.on('command', ({ id }) => {
    runMenuCommand(id, window.document);
  });
  client.on('handed', () => void takeHanded());
  client.on('saveFirst', () => void saveFirst());
  followMenu(client, window, pageDelay(window));
  void takeHanded();
}
