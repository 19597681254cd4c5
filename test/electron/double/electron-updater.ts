/** What the app takes of `electron-updater`, as one double has it. */
import { doubleOf } from './doubles.ts';

export default { autoUpdater: doubleOf(import.meta.url).updater };
