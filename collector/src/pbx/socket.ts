/**
 * Opens the socket of a connection to a PBX, TCP or TLS.
 *
 * In: host, port, TLS options. Out: a connected socket. What must hold: an abort or the time limit leaves no socket
 * behind; a failure says which host and port, and why.
 */
import net from 'node:net';
import tls from 'node:tls';
import { LinkError } from './link-errors.js';

export interface SocketTls {
  /** PEM of the authority that signed the PBX's certificate; without it those of Node. */
  ca?: string | Buffer;
  /** Name the certificate must carry, when it is not `host`. */
  servername?: string;
  /** false accepts any certificate: for tests only. */
  rejectUnauthorized?: boolean;
}

/** Where something is reached, and what it is in words for people. */
export interface Endpoint {
  /** Of the protocol, as errors begin: `AMI`. */
  name: string;
  host: string;
  port: number;
  /** What to look at for an error code of the system, where that depends on the protocol. */
  fixes: Readonly<Record<string, string>>;
}

export interface SocketOptions {
  tls?: boolean | SocketTls;
  timeoutMs: number;
}

const FIX: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The host name is not known: check the spelling and DNS.',
  EAI_AGAIN: 'DNS does not answer.',
  EHOSTUNREACH: 'No route to the host: check network and firewall.',
  ENETUNREACH: 'No route to the network.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate signs itself: give its file as the CA.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate is signed by an unknown authority: give its CA file.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The certificate is signed by an unknown authority: give its CA file.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'The certificate is signed by an unknown authority: give its CA file.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another name: set the server name it carries.',
  CERT_HAS_EXPIRED: 'The certificate of the PBX has expired: renew it.',
};

/** @throws LinkError; the signal's reason when aborted */
export function openSocket(
  endpoint: Endpoint,
  options: SocketOptions,
  signal: AbortSignal,
): Promise<net.Socket> {
  const { host, port } = endpoint;
  const { timeoutMs } = options;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const socket = options.tls ? tls.connect(tlsOptions(endpoint, options.tls)) : net.connect({ host, port });
    const fail = (error: Error): void => {
      done();
      socket.on('error', () => undefined); // a late error of a socket nobody has any more
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(new LinkError(`${where(endpoint)}: no connection within ${timeoutMs} ms`)),
      timeoutMs,
    );
    const onAbort = (): void => fail(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    const onError = (error: Error): void => fail(linkError(endpoint, error));
    const onConnect = (): void => {
      done();
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 30_000);
      resolve(socket);
    };
    const connected = options.tls ? 'secureConnect' : 'connect';
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError).off(connected, onConnect);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError).once(connected, onConnect);
  });
}

/** The system's error with the PBX it concerns and what to look at. */
export function linkError(endpoint: Endpoint, error: Error): LinkError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const fix = endpoint.fixes[code] ?? FIX[code];
  // Happy Eyeballs (several addresses of one name) wraps the errors and leaves its own message empty.
  const text = error.message === '' ? code : error.message;
  return new LinkError(`${where(endpoint)}: ${text}${fix ? `. ${fix}` : ''}`, { cause: error });
}

/** `AMI pbx.example.org:5038`: how every error of an endpoint begins. */
export const where = ({ name, host, port }: Endpoint): string => `${name} ${host}:${port}`;

function tlsOptions({ host, port }: Endpoint, wanted: true | SocketTls): tls.ConnectionOptions {
  const { ca, servername, rejectUnauthorized } = typeof wanted === 'object' ? wanted : {};
  const name = servername ?? (net.isIP(host) === 0 ? host : undefined);
  return {
    host,
    port,
    ...(ca !== undefined && { ca }),
    ...(name !== undefined && { servername: name }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  };
}
