const path = require('node:path');

const root = path.resolve(__dirname, '..');
/** What every project shares: TypeScript and ESM-only packages become CommonJS, `@gatehouse/x` is libs/x. */
const base = {
  rootDir: root,
  testEnvironment: 'node',
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  transform: { '^.+\\.(ts|js|mjs)$': '<rootDir>/test/support/jest-transform.cjs' },
  transformIgnorePatterns: ['\\.cjs$', '/node_modules/(typescript|@swc|jest-[^/]+|@jest)/'],
  moduleNameMapper: {
    '^@gatehouse/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@gatehouse/client/([^/]+)$': '<rootDir>/libs/client/src/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/client/dist/'],
  resolver: '<rootDir>/test/support/jest-resolver.cjs',
  setupFiles: ['reflect-metadata'],
};

/** Public test data lies beside the checkout, where there is any: `CORPORA_DIR=… npm run corpora`. */
const corpora = { ...base, displayName: 'corpora', testMatch: ['<rootDir>/test/corpora/**/*.spec.ts'] };

/** @type {import('jest').Config} */
module.exports = {
  rootDir: root,
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 30_000,
  reporters: [
    'default',
    '<rootDir>/test/support/log-scan-reporter.cjs',
    '<rootDir>/test/support/counts-reporter.cjs',
  ],
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'] },
    { ...base, displayName: 'conformance', testMatch: ['<rootDir>/test/conformance/**/*.spec.ts'] },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    { ...base, displayName: 'consumers', testMatch: ['<rootDir>/test/consumers/**/*.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    { ...base, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
    ...(process.env.CORPORA_DIR ? [corpora] : []),
  ],
};
