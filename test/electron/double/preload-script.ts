import { readFileSync } from 'node:fs';

/** The preload script as a sandboxed renderer runs it: CommonJS with nothing to require but electron, in the top frame only. */
export function preloadScript(path: string): string {
  return `(() => {
    if (globalThis.top !== globalThis.self) return;
    const listeners = new Map();
    globalThis.__deliver = (channel, message) => { for (const each of listeners.get(channel) ?? []) each({}, message); };
    const invoke = globalThis.__invoke;
    const paths = globalThis.__paths = new Map();
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true }) },
      ipcRenderer: {
        invoke: (channel, ...args) => invoke(channel, args),
        on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); },
      },
      webUtils: { getPathForFile: (file) => paths.get(file.name) ?? '' },
    };
    const require = (name) => { if (name !== 'electron') throw new Error('module not found: ' + name); return electron; };
    const module = { exports: {} };
    ((module, exports, require) => {${readFileSync(path, 'utf8')}\n})(module, module.exports, require);
  })();`;
}
