import { spawn } from 'node:child_process';

/** The system's own way to open an address in the user's browser. */
function openCommand(platform: NodeJS.Platform, address: string): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', address];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  return ['xdg-open', address];
}

/** Resolves to false where no browser could be started; the address has to be opened by hand then. */
export function openInBrowser(address: string, platform: NodeJS.Platform): Promise<boolean> {
  const [program, ...rest] = openCommand(platform, address);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, rest, { stdio: 'ignore', detached: true });
  child.once('error', () => {
    resolve(false);
  });
  child.once('exit', (code) => {
    resolve(code === 0);
  });
  child.unref();
  return promise;
}
