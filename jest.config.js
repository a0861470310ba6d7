import { availableParallelism } from 'node:os';

const project = (displayName, testMatch) => ({
  displayName,
  testMatch,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  watchPathIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['/dist/', '/\\.promotion/'],
});

/** Whole pipelines and many kills take longer than there is time before a change lands; they run before a release. */
const pipelines = ['dev-staging-canary-production', 'dev-to-staging', 'image-promotion', 'quikapp'];
const long = `__tests__/local/(chaos|contract-window|hotfix|pipelines/(${pipelines.join('|')})).test.ts`;

/** @type {import('jest').Config} */
export default {
  // Bounds a test that hangs; no test measures time, and machines under load are slow.
  testTimeout: 120_000,
  // One more than there are processors, within bounds: tests wait for servers and processes that they start.
  maxWorkers: Math.min(4, availableParallelism() + 1),
  // A process that holds a gigabyte takes many times as long to start another one, and tests start git by the hundred.
  workerIdleMemoryLimit: '400MB',
  projects: [
    project('unit', [
      '<rootDir>/__tests__/{engine,functions,cli,cloudrun-ui,constructs,examples,scripts,fuzz,cloud-build}/**/*.test.ts',
    ]),
    { ...project('local', ['<rootDir>/__tests__/local/**/*.test.ts']), testPathIgnorePatterns: [long] },
    project('long', [`**/${long}`]),
    project('plan', ['<rootDir>/__tests__/plan/**/*.test.ts']),
    project('package', ['<rootDir>/__tests__/package/**/*.test.ts']),
    {
      ...project('browser', ['<rootDir>/__tests__/browser/**/*.test.ts']),
      globalSetup: '<rootDir>/__tests__/browser/stage/start-stage.ts',
      globalTeardown: '<rootDir>/__tests__/browser/stage/stop-stage.ts',
    },
    project('image', ['<rootDir>/__tests__/image/**/*.test.ts']),
  ],
};
