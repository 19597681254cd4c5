import { randomBytes } from 'node:crypto';
import * as fileSystem from 'node:fs/promises';
import { homedir } from 'node:os';
import { uploadFolder } from '../host/files/data-files.ts';
import { onInterrupt } from '../host/interrupts.ts';
import { openLog } from '../host/log.ts';
import { userFolder } from '../host/files/user-folder.ts';
import { openInBrowser } from './open-in-browser.ts';
import type { ServeSurroundings, ServeVoice } from './serve.ts';

/** What this process offers the browser host. */
export function processSurroundings(places: Pick<ServeSurroundings, 'engine' | 'rendererDirectory'>, voice: ServeVoice): ServeSurroundings {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stopListening = onInterrupt(() => {
    stopListening();
    resolve(undefined);
  });
  const own = userFolder(process.platform, process.env, homedir());
  return {
    ...places,
    dataDirectory: uploadFolder(process.platform, process.env, homedir()),
    fileSystem,
    randomBytes,
    now: () => performance.now(),
    input: process.stdin,
    voice,
    clock: () => Date.now(),
    userFolder: own,
    log: openLog({
      userFolder: own,
      fileSystem,
      now: () => Date.now(),
      randomId: () => randomBytes(8).toString('hex'),
    }),
    openInBrowser: (address) => openInBrowser(address, process.platform),
    ended: promise,
  };
}
