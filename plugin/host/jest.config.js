// Tests of the host's server run in Node as it is, without the browser that those of the plugin pretend.
module.exports = {
  displayName: 'host',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
};
