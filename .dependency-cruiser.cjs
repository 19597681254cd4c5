/**
 * Who may import whom: the table of the architecture as an allow list. What it does not allow is an error, and so are a cycle and a
 * source file outside every room.
 */
const engine = (...rooms) => `^src-engine/(${rooms.join('|')})/`;
const window = (...rooms) => `^src-renderer/(${rooms.join('|')})/`;
const packages = (...names) => `^node_modules/(@types/)?(${names.join('|')})/`;

const enginePackages = packages('zod', 'pure-rand', 'papaparse', '@bufbuild/protobuf');
const hostPackages = packages('zod', 'ws', 'rotating-file-stream');
const anyPackage = '^node_modules/';
const contract = '^src-main/contract(-shapes)?[.]ts$';
const manifest = '^package[.]json$';
const protocol = '^src-engine/session/protocol[.]ts$';
const makesData = '^src-engine/data/make/';

/** What each engine room may import of ours. */
const engineRooms = {
  document: [],
  ir: [],
  data: ['document'],
  scenarios: ['document'],
  history: [],
  compile: ['document', 'ir'],
  kernels: ['ir'],
  run: ['ir', 'kernels'],
  train: ['ir', 'run', 'data', 'history'],
  generate: ['document', 'ir', 'run', 'data'],
  analyze: ['ir', 'run', 'train'],
  exchange: ['document', 'ir', 'run', 'data'],
  session: ['document', 'data', 'scenarios', 'history', 'ir', 'compile', 'kernels', 'run', 'train', 'analyze', 'generate', 'exchange'],
};

/** What each room of the window may import of the window. */
const views = ['state', 'charts', 'ui'];
const windowRooms = {
  bridge: [],
  state: ['bridge'],
  canvas: views,
  unrolled: views,
  panels: views,
  code: views,
  gallery: views,
  charts: [],
  ui: [],
};
const speaksOfTheDocument = window('bridge', 'state', 'canvas', 'unrolled', 'panels', 'code', 'gallery');

/** What each room of src-main may import beside the contract and the pure rooms of the engine. */
const mainRooms = { host: [], electron: ['host'], web: ['host'], cli: ['host', 'web'] };

const allowed = [
  ...Object.entries(engineRooms).flatMap(([room, others]) => [
    { from: { path: engine(room), pathNot: makesData }, to: { path: [engine(room, ...others), enginePackages], pathNot: makesData } },
  ]),
  { from: { path: engine('session') }, to: { path: '^(node:)?(worker_threads|fs/promises|path|os|v8|crypto)$' } },
  { from: { path: '^src-engine/session/export/' }, to: { path: [packages('onnxruntime-web'), '^(node:)?child_process$'] } },
  { from: { path: makesData }, to: { path: [engine('data', 'document'), anyPackage] } },
  { from: { path: makesData }, to: { dependencyTypes: ['core'] } },

  { from: { path: contract }, to: { path: [contract, protocol, engine('document')], dependencyTypes: ['type-only'] } },
  { from: { path: contract }, to: { path: packages('zod') } },
  ...Object.entries(mainRooms).flatMap(([room, others]) => [
    {
      from: { path: `^src-main/${room}/` },
      to: {
        path: [`^src-main/(${[room, ...others].join('|')})/`, contract, manifest, engine('document', 'data', 'scenarios', 'exchange', 'history'), hostPackages],
        pathNot: makesData,
      },
    },
    { from: { path: `^src-main/${room}/` }, to: { dependencyTypes: ['core'] } },
  ]),
  { from: { path: '^src-main/(host|cli)/' }, to: { path: engine('session') } },
  { from: { path: '^src-main/cli/picture/' }, to: { path: packages('d3-scale-chromatic') } },
  { from: { path: '^src-main/electron/' }, to: { path: packages('electron', 'electron-updater') } },
  { from: { path: '^src-main/launch/' }, to: { path: '^src-main/launch/' } },
  { from: { path: '^src-main/launch/' }, to: { dependencyTypes: ['core'] } },

  ...Object.entries(windowRooms).map(([room, others]) => ({ from: { path: window(room) }, to: { path: window(room, ...others) } })),
  { from: { path: speaksOfTheDocument }, to: { path: engine('document', 'scenarios', 'history') } },
  { from: { path: speaksOfTheDocument }, to: { path: [contract, protocol], dependencyTypes: ['type-only'] } },
  { from: { path: '^src-renderer/[^/]+$' }, to: { path: ['^src-renderer/', engine('document', 'scenarios', 'history')] } },
  { from: { path: '^src-renderer/[^/]+$' }, to: { path: [contract, protocol], dependencyTypes: ['type-only'] } },
  { from: { path: '^src-renderer/' }, to: { path: anyPackage, pathNot: packages('electron', 'ws', '@xyflow') } },
  // The unrolled view paints the rows and scales of the gradient panel: one way to colour a gradient.
  { from: { path: window('unrolled') }, to: { path: '^src-renderer/panels/(Empty[.]tsx|gradients/|inspector/Equations[.]tsx|data/visible-token[.]ts)' } },
  // One fit of the gradient's decay for the window and the command line.
  { from: { path: '^src-renderer/panels/gradients/' }, to: { path: '^src-engine/analyze/decay-fit[.]ts$' } },
  { from: { path: window('unrolled') }, to: { path: '^src-engine/compile/expand-blocks[.]ts$' } },
  { from: { path: window('canvas') }, to: { path: packages('@xyflow') } },
  { from: { path: window('state') }, to: { path: '^src-engine/compile/kept-parameters[.]ts$' } },

  { from: { path: '^test/' }, to: {} },
  { from: { path: '^electron-builder[.]config[.]ts$' }, to: {} },
];

const rooms = [
  `^src-engine/(${Object.keys(engineRooms).join('|')})/`,
  '^src-engine/(standard|webassembly)[.]d[.]ts$',
  '^src-main/(contract(-shapes)?[.]ts$|(host|electron|web|cli|launch)/)',
  `^src-renderer/(${Object.keys(windowRooms).join('|')})/`,
  '^src-renderer/[^/]+$',
  '^test/(pure|kernels|golden|session|host|app|electron|bench|fixtures)/',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Nor in a circle of types: what two files need stands in a third.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'in-a-room', comment: 'A source file that belongs to no room.', severity: 'error', from: { path: '^(src-|test/)', pathNot: rooms }, to: {} },
    {
      name: 'in-a-room-alone',
      comment: 'The same, of a file that nothing is joined to.',
      severity: 'error',
      from: { path: '^(src-|test/)', pathNot: rooms, orphan: true },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'listed-package',
      comment: 'A package that package.json does not list.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped-packages-only',
      comment: 'What ships may not load a development package; electron is there of itself.',
      severity: 'error',
      from: { path: '^src-', pathNot: [makesData, '^src-main/launch/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: packages('electron') },
    },
  ],
  allowed,
  allowedSeverity: 'error',
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^src-engine/kernels/assembly/', '^src-engine/data/assets/', '^out/', '^test/bench/peers/.*[.]mjs$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'node', 'require'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
