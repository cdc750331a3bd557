// Jest's global teardown: see database-server.mjs.
export default async function teardown() {
  await globalThis.stopTestDatabase?.();
}
