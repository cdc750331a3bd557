/**
 * A real mail server for tests. In: what it refuses. Out: the mails it took, opened by a mail reader.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { SmtpConfig } from '../../config/config.js';

export interface TakenMail {
  from: string;
  /** Of the envelope. */
  to: string[];
  mail: Email;
}

export interface MailServer {
  /** How the collector reaches it. */
  config: SmtpConfig;
  mails: TakenMail[];
  /** Answers to recipients, by address: a code and words. */
  refuse: Map<string, { code: number; words: string }>;
  /** The answer to every mail instead of taking it; null: it is taken. */
  refuseAll: { code: number; words: string } | null;
  close(): Promise<void>;
}

/** @param password of the account "queuescope"; null: nobody logs in */
export async function mailServer(password: string | null = null, security: SmtpConfig['security'] = 'none') {
  const answer = ({ code, words }: { code: number; words: string }): Error =>
    Object.assign(new Error(words), { responseCode: code });
  const server = new SMTPServer({
    authOptional: password === null,
    disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
    secure: security === 'tls',
    allowInsecureAuth: true,
    logger: false,
    onAuth: (auth, _session, done) =>
      auth.username === 'queuescope' && auth.password === password
        ? done(null, { user: auth.username })
        : done(answer({ code: 535, words: 'wrong password' })),
    onRcptTo: ({ address }, _session, done) => {
      const refused = taken.refuse.get(address);
      done(refused === undefined ? null : answer(refused));
    },
    onData: (stream, { envelope }, done) => {
      buffer(stream)
        .then(async (raw) => {
          if (taken.refuseAll !== null) return done(answer(taken.refuseAll));
          taken.mails.push({
            from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
            to: envelope.rcptTo.map(({ address }) => address),
            mail: await PostalMime.parse(raw),
          });
          done();
        })
        .catch(done);
    },
  });
  server.on('error', () => undefined); // clients that are closed by the test
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const taken: MailServer = {
    config: {
      ...{ host: '127.0.0.1', port, security, account: null, from: 'Queuescope <reports@example.org>' },
      ...{ tls: { rejectUnauthorized: false }, maxAttachmentBytes: 20e6 },
    },
    mails: [],
    refuse: new Map(),
    refuseAll: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return taken;
}
