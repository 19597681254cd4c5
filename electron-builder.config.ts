import { existsSync } from 'node:fs';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { Arch, type AfterPackContext, type Configuration } from 'electron-builder';

/** Packages that the main process and the engine's threads load at run time, with what these load; the window's are built into `out/renderer`. */
export const hostPackages = ['zod', 'pure-rand', 'papaparse', '@bufbuild/protobuf', 'onnxruntime-web', 'onnxruntime-common', 'rotating-file-stream'];
const updaterPackages = [
  ...['electron-updater', 'builder-util-runtime', 'fs-extra', 'graceful-fs', 'jsonfile', 'universalify', 'js-yaml', 'argparse', 'lazy-val'],
  ...['lodash.escaperegexp', 'lodash.isequal', 'semver', 'tiny-typed-emitter', 'debug', 'ms', 'sax'],
];

/** What threads and the engine read, without Electron's help for what is packed: see src-main/electron/unpacked.ts. */
const read = ['out/main/engine-worker.js', 'out/main/kernel-thread.js', 'out/main/chunks/**/*', 'out/engine/**/*'];

const LINUX_PROGRAM = 'unroll';

/** Every fuse of this Electron is decided: one that a later version adds fails the packaging until it is decided too. */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  [FuseV1Options.WasmTrapHandlers]: true,
} as const;

/** Sets the fuses in the packed program, before it is signed. */
async function setFuses({ appOutDir, packager, electronPlatformName, arch }: AfterPackContext): Promise<void> {
  const name = packager.appInfo.productFilename;
  const programs: Readonly<Record<string, string>> = {
    darwin: path.join(`${name}.app`, 'Contents', 'MacOS', name),
    win32: `${name}.exe`,
    linux: LINUX_PROGRAM,
  };
  const program = programs[electronPlatformName];
  if (program === undefined) throw new Error(`no fuses are known for ${electronPlatformName}`);
  // Apple's processors run no program whose signature its own change has broken.
  const isAppleSilicon = electronPlatformName === 'darwin' && arch === Arch.arm64;
  await flipFuses(path.join(appOutDir, program), { ...fuses, resetAdHocDarwinSignature: isAppleSilicon });
}

const electron = path.join(import.meta.dirname, 'node_modules/electron/dist');

export default {
  appId: 'app.unroll.desktop',
  productName: 'Unroll',
  copyright: 'MIT licence',
  directories: { output: 'dist/packages', buildResources: 'src-main/electron/resources' },
  // What was installed is packed: nothing is fetched or compiled.
  ...(existsSync(electron) ? { electronDist: electron } : {}),
  npmRebuild: false,
  asar: true,
  files: [
    'package.json',
    'out/main/electron.js',
    ...read,
    'out/preload/**/*',
    'out/renderer/**/*',
    '!node_modules/**/*',
    ...[...hostPackages, ...updaterPackages].map((name) => `node_modules/${name}/**/*`),
    '!node_modules/**/*.{map,d.ts,d.cts,d.mts,md,ts,cts,mts}',
    // Of onnxruntime-web what runs in Node, out of 136 MB.
    '!node_modules/onnxruntime-web/{lib,docs,types}/**/*',
    '!node_modules/onnxruntime-web/dist/*',
    'node_modules/onnxruntime-web/dist/ort.node.min.mjs',
    'node_modules/onnxruntime-web/dist/ort.node.min.js',
    'node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.{mjs,wasm}',
    '!node_modules/{zod/src,papaparse/player}/**/*',
    '!node_modules/**/{.*,Gruntfile.js,bower.json,bin}',
  ],
  asarUnpack: [...read, ...hostPackages.map((name) => `node_modules/${name}/**/*`)],
  // Beside what is unpacked, so that it is read as modules.
  extraResources: [{ from: 'src-main/electron/resources/threads-package.json', to: 'app.asar.unpacked/package.json' }],
  afterPack: setFuses,
  fileAssociations: [{ ext: 'unroll', name: 'Unroll project', description: 'Unroll project', mimeType: 'application/x-unroll', role: 'Editor' }],
  // No feed is named: the app looks for no new version until its user names one.
  publish: null,
  linux: {
    target: ['AppImage', 'deb'],
    executableName: LINUX_PROGRAM,
    category: 'Education',
    maintainer: 'Unroll',
    synopsis: 'Build recurrent models, train them, watch the gradient travel back through time.',
  },
  mac: { target: ['dmg', 'zip'], category: 'public.app-category.education', hardenedRuntime: true },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
} satisfies Configuration;
