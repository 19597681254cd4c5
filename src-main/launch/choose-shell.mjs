/**
 * @typedef {{ readonly platform: string, readonly display: boolean, readonly root: boolean }} Machine
 * @typedef {{ readonly browser: boolean, readonly rest: readonly string[] }} StartOptions
 */

const browserOptions = /^--(port|no-open)(=|$)/;

/**
 * `--browser` asks for the browser; so do options that only the browser host has. Everything else is passed on to the shell.
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export function readStartOptions(args) {
  const rest = args.filter((arg) => arg !== '--browser');
  return { browser: rest.length < args.length || rest.some((arg) => browserOptions.test(arg)), rest };
}

/**
 * @param {StartOptions} options
 * @param {Machine} machine
 * @returns {string | null} why the browser has to do, as the end of a sentence; null when Electron can be tried
 */
export function reasonAgainstElectron(options, machine) {
  if (options.browser) return 'as asked';
  if (machine.platform === 'linux' && !machine.display) return 'no display was found for a desktop window';
  if (machine.platform === 'linux' && machine.root) return "Electron's sandbox does not run as root";
  return null;
}
