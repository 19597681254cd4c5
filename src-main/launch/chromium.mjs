import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { say } from './project.mjs';
import { run } from './run.mjs';

/** The first is Chromium without its own window: the same engine, and a seventh less of the processor's time for what the tests do. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const macPlaces = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const windowsPlaces = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/**
 * Of Chromium's own window: pages of its address bar, which every new window loads anew (half of the processor's time until the app is there). The switch takes
 * the place of Playwright's, so what that switches off for pages like ours is repeated.
 */
const unused = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay'],
  ...['MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'OptimizationHints', 'NetworkTimeServiceQuerying', 'PreconnectToSearch'],
];

/**
 * A Chromium to test in: CHROMIUM_PATH, else one on PATH or in its usual place.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {string | null}
 */
export function findChromium(env = process.env, platform = process.platform) {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return isProgram(named) ? named : null;
  const onPath = (env['PATH'] ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)));
  const windowsRoots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined);
  const usual =
    platform === 'darwin' ? macPlaces : platform === 'win32' ? windowsRoots.flatMap((folder) => windowsPlaces.map((place) => path.join(folder, place))) : [];
  return [...onPath, ...usual].find(isProgram) ?? null;
}

/**
 * Finds Chromium; as root on Debian, installs it first.
 * @returns {Promise<string | null>} null when the person has to install one
 */
export async function ensureChromium() {
  const here = findChromium();
  if (here !== null || !canInstall()) return here;
  say('Installing Chromium for the tests (apt-get install chromium-headless-shell).');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env, output: 'to standard error' });
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium-headless-shell'], { env, output: 'to standard error' });
  return findChromium();
}

/**
 * How Playwright starts that Chromium: quiet on the network, and without its sandbox as root, where it has none.
 * @returns {{ executablePath?: string, args: string[] }}
 */
export function chromiumLaunch() {
  const program = findChromium();
  const args = [...quiet, `--disable-features=${unused.join(',')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return { ...(program === null ? {} : { executablePath: program }), args };
}

function canInstall() {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    !process.env['CHROMIUM_PATH'] &&
    spawnSync('apt-get', ['--version']).status === 0
  );
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
