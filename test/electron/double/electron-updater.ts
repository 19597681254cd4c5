/** What the app takes of `electron-updater`, as one double has it. */
import { doubleOf } from './doubles.ts';

const updater = { autoUpdater: doubleOf(import.meta.url).updater };

export { updater as default };
