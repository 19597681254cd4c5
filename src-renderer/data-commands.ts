import type { Command } from './state/commands.ts';
import type { DataActions } from './state/import/import-context.ts';

/** The commands that concern data of one's own. */
export function dataCommands(data: DataActions): readonly Command[] {
  return [{ id: 'data.import', title: 'Import data', group: 'File', shortcuts: ['$mod+i'], enabled: () => true, run: data.open }];
}
