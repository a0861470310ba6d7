import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Refuses imports of the named top-level folders; the design's section 2 says who may import whom. */
const boundary = (files, forbidden, message) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...forbidden.map((regex) => ({ regex, message })),
          {
            regex: '^@cdktf/provider-[a-z]+$',
            message: 'Import one resource by its deep path: the root import costs seconds and 400 MB.',
          },
        ],
      },
    ],
  },
});

const above = (...folders) => `(^|/)\\.\\./(.*/)?(${folders.join('|')})/`;

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/*.gen.ts', '**/dist/**', 'cdktf.out/**', '.promotion/**', '**/fixtures/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  boundary(
    ['engine/**/*.ts'],
    [above('constructs', 'functions', 'cli', 'cloudrun-ui', 'examples', '__tests__')],
    'engine imports nothing above it.',
  ),
  boundary(
    ['constructs/**/*.ts', 'main.ts'],
    [above('functions', 'cli', 'cloudrun-ui', 'examples', '__tests__'), 'engine/(?!contract/|rules/)'],
    'constructs import only engine/contract and engine/rules.',
  ),
  boundary(
    ['functions/**/*.ts'],
    [above('constructs', 'cli', 'cloudrun-ui', 'examples', '__tests__'), 'engine/(?!contract/)'],
    'functions import only engine/contract.',
  ),
  boundary(
    ['cloudrun-ui/server/**/*.ts'],
    [
      above('constructs', 'functions', 'cloudrun-ui/web', 'examples', '__tests__'),
      'cli/(?!json/)',
      'engine/(?!contract/|promotion-service|audit/canonical-json|wording/|store/([a-z-]+-store|change-news)\\.|workflow/clock)',
    ],
    'the server goes through promotion-service.ts and shows what cli/json/ shows; cli/compose/ wires the adapters.',
  ),
  boundary(
    ['cloudrun-ui/web/**/*.ts', 'cloudrun-ui/web/**/*.tsx'],
    [above('constructs', 'functions', 'cli', 'engine', 'examples', '__tests__')],
    'the web knows only the HTTP API’s types.',
  ),
  boundary(
    ['cli/commands/**/*.ts'],
    ['engine/(?!contract/|rules/|promotion-service)', above('functions', 'constructs', 'cloudrun-ui', '__tests__')],
    'commands go through promotion-service.ts; cli/compose/ wires the adapters.',
  ),
  {
    files: ['cloudrun-ui/web/**/*.ts', 'cloudrun-ui/web/**/*.tsx'],
    rules: {
      // What a page starts from an event tells its own failures: queries and commands keep them to be shown.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['__tests__/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts', 'examples/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js'], languageOptions: { globals: { process: 'readonly' } } },
);
