// npm start: opens the app; in Electron where that can be had, else in the browser.
import { readStartOptions, reasonAgainstElectron } from './choose-shell.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureElectron } from './electron-program.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { allParts } from './parts.mjs';
import { main, root, say } from './project.mjs';
import { run } from './run.mjs';
import { becomeNode, continueOnPinnedNode, hostMemory, pinnedEnvironment } from './runtime.mjs';

/** An Electron that fails sooner than this has not shown a window. */
const tooSoon = 5_000;

await main(async () => {
  await ensureDependencies();
  const ended = await continueOnPinnedNode(import.meta.url);
  if (ended !== null) return ended;
  await ensureBuilt(allParts);
  const options = readStartOptions(process.argv.slice(2));
  const against = reasonAgainstElectron(options, {
    platform: process.platform,
    display: Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']),
    root: process.getuid?.() === 0,
  });
  if (against !== null) return openBrowser(against, options.rest);
  const electron = await ensureElectron();
  return 'missing' in electron ? openBrowser(electron.missing, options.rest) : openElectron(electron.program, options.rest);
});

/**
 * @param {string} why
 * @param {readonly string[]} args
 */
function openBrowser(why, args) {
  say(`Opening in the browser, not in Electron: ${why}.`);
  return becomeNode('out/main/web.js', args);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
async function openElectron(program, args) {
  say('Opening in Electron, whose program is here.');
  // Some editors' terminals set it, and it makes Electron a plain Node.
  const env = { ...hostMemory, ...pinnedEnvironment(), ELECTRON_RUN_AS_NODE: undefined };
  const started = Date.now();
  const code = await run(program, [root, ...args], { env });
  return code !== 0 && code < 128 && Date.now() - started < tooSoon ? openBrowser(`it ended at once with code ${String(code)}`, args) : code;
}
