import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** One program with everything, and for the declarations that the DOM would contradict the engine's own. */
const programs = ['./tsconfig.lint.json', './tsconfig.engine.json'];
const tests = ['test/**/*.{ts,tsx}'];
const settings = ['*.config.{js,ts}', '.dependency-cruiser.cjs'];

const electronByValue = {
  name: 'electron',
  message: 'Only src-main/electron may load electron: anywhere else it starts a download and throws. Use `import type`.',
  allowTypeImports: true,
};

const clockAndChance = [
  ['Math', 'random'],
  ['Date', 'now'],
  ['performance', 'now'],
].map(([object, property]) => ({ object, property, message: 'Randomness and time are passed in.' }));

export default defineConfig(
  // peers is a package of its own, whose dependencies are not installed with the app.
  { ignores: ['**/node_modules/', 'out/', 'dist/', 'coverage/', 'src-engine/kernels/assembly/', 'test/bench/peers/*.mjs'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mjs}', '*.config.js'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: programs, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true }],
      '@typescript-eslint/no-restricted-imports': ['error', { paths: [electronByValue] }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A text's characters are its code points here.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Enums come from packages only, as ambient constants that isolated modules cannot name.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true, caughtErrors: 'all' }],
      '@typescript-eslint/prefer-reduce-type-parameter': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-eval': 'error',
      'no-implied-eval': 'off',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
    },
  },
  {
    files: ['**/*.tsx', 'src-renderer/**/*.ts'],
    extends: [reactHooks.configs.flat.recommended],
    // Canvases and plots are drawn on where they are handed in; the compiler's rule takes that for a change of props.
    rules: { 'no-console': 'error', 'react-hooks/immutability': 'off' },
  },
  {
    files: ['src-engine/**/*.ts'],
    ignores: ['src-engine/session/**', 'src-engine/data/make/**'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-syntax': ['error', { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Time is passed in.' }],
      'no-console': 'error',
    },
  },
  { files: ['src-*/**/*.ts'], rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] } },
  {
    // Declarations of what others wrote.
    files: ['**/*.d.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off', '@typescript-eslint/no-unsafe-function-type': 'off', 'no-restricted-exports': 'off' },
  },
  { files: ['src-main/electron/**/*.ts'], rules: { '@typescript-eslint/no-restricted-imports': 'off' } },
  { files: ['**/*.{mjs,cjs}', ...settings], languageOptions: { globals: globals.node } },
  {
    // A JSDoc cast is invisible to these rules.
    files: ['**/*.mjs'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: [...settings, 'test/electron/double/electron-updater.ts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: tests,
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
