import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dialog } from 'electron';
import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import type { Log } from '../host/log.ts';

/** What this file needs of electron-updater. */
export type Updater = Pick<AppUpdater, 'setFeedURL' | 'checkForUpdates' | 'downloadUpdate' | 'autoDownload' | 'autoInstallOnAppQuit' | 'on'>;

export interface UpdateServices {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly log: Log;
  /** Only called where a feed is named: without one nothing of the updater is even loaded. */
  readonly load: () => Promise<Updater>;
}

const settingsSchema = z.object({ updateFeed: z.string().max(2000).optional() });

/**
 * Where new versions are looked for: `UNROLL_UPDATE_FEED`, else `updateFeed` in the user's `settings.json`. Null, which is the way it comes, looks nowhere.
 * An address that is not https, or that holds a name or password, is no feed.
 */
export function updateFeed(environment: Readonly<Record<string, string | undefined>>, userFolder: string): string | null {
  const named = environment['UNROLL_UPDATE_FEED'] ?? readSetting(join(userFolder, 'settings.json'));
  if (named === undefined || !URL.canParse(named)) return null;
  const { protocol, username, password, href } = new URL(named);
  return protocol === 'https:' && username === '' && password === '' ? href : null;
}

function readSetting(file: string): string | undefined {
  try {
    return settingsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).updateFeed;
  } catch {
    return undefined;
  }
}

/** Looks once for a new version; it is fetched only where the user says so, and put in place when the app is quit. */
export async function lookForUpdate(feed: string, { dialog, log, load }: UpdateServices): Promise<void> {
  const updater = await load();
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.setFeedURL({ provider: 'generic', url: feed });
  updater.on('error', () => {
    log.note('update failed');
  });
  updater.on('update-available', ({ version }) => {
    void offer(version, updater, dialog, log);
  });
  updater.on('update-downloaded', ({ version }) => {
    log.note('update ready', { version });
  });
  await updater.checkForUpdates().catch(() => null);
}

async function offer(version: string, updater: Updater, dialog: UpdateServices['dialog'], log: Log): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    message: `Unroll ${version} is there.`,
    detail: 'It is fetched in the background and put in place when you quit.',
    buttons: ['Fetch it', 'Not now'],
    defaultId: 0,
    cancelId: 1,
  });
  if (response !== 0) return;
  log.note('update fetched', { version });
  await updater.downloadUpdate().catch(() => []);
}
