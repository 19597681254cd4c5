import fc from 'fast-check';

/** Laws are tried on the same examples in every run: one that fails by chance tells whoever meets it nothing. `LAWS_SEED=7 npm test -- unit` tries others. */
const SEED = 20261123;

fc.configureGlobal({ seed: Number(process.env['LAWS_SEED'] ?? SEED) });

export { fc };
