/** Whether a simulator's port is free, with the setting to change if it is not. */
import { once } from 'node:events';
import { createServer } from 'node:net';

const VARIABLES = {
  amiPort: 'QUEUESCOPE_SIMULATOR_AMI_PORT',
  eslPort: 'QUEUESCOPE_SIMULATOR_ESL_PORT',
} as const;

export class PortTakenError extends Error {
  override name = 'PortTakenError';
  readonly code = 'EADDRINUSE';
}

/** @throws PortTakenError */
export async function checkPort(port: number, key: keyof typeof VARIABLES): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new PortTakenError(
      `port ${port} for the simulator is taken: set simulator.${key} (${VARIABLES[key]}) to another`,
    );
  } finally {
    server.close();
  }
}
