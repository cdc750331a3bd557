/** Tests stand beside the code (`src/**`) or in `test/` where they need the whole product. */
export default {
  roots: ['<rootDir>/src', '<rootDir>/sim', '<rootDir>/lab', '<rootDir>/test', '<rootDir>/bench'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  globalSetup: '<rootDir>/test/support/database-server.mjs',
  globalTeardown: '<rootDir>/test/support/database-server-stop.mjs',
  // Only against a wait without end: how long a test takes depends on the machine.
  testTimeout: process.env.QUEUESCOPE_TEST_ROUNDS === 'many' ? 3_600_000 : 300_000,
};
