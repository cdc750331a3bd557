/**
 * Delivery by mail. In: a message, recipients, the configured server. Out: who has it.
 *
 * What must hold: every recipient gets it at most once per run, also when others fail (the envelope names only those
 * who lack it) and when the answer of the server is lost (each run has one Message-ID); nothing waits without end.
 */
import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '../../config/config.js';
import { RunRefusedError, type MailDelivery } from '../schedule.js';
import type { DeliveryResult, Message, RecipientFailure } from './delivery.js';

const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/**
 * @param alreadyTo have it from an attempt before
 * @throws RunRefusedError when it is too large; the error of the connection, of the login or of the whole message
 */
export async function sendMail(
  smtp: SmtpConfig,
  { to, cc, bcc }: MailDelivery,
  message: Message,
  alreadyTo: readonly string[],
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const recipients = [...new Set([...to, ...cc, ...bcc])].filter((one) => !alreadyTo.includes(one));
  if (recipients.length === 0) return { deliveredTo: [], failures: [] };
  refuseLarge(smtp, message);
  const transport = createTransport(transportOptions(smtp));
  const stop = (): void => transport.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { accepted, rejectedErrors } = await transport.sendMail({
      from: smtp.from,
      to: [...to],
      cc: [...cc],
      envelope: { from: addressOf(smtp.from), to: recipients },
      messageId: messageIdOf(smtp, message),
      subject: message.subject,
      text: message.text,
      attachments: message.files.map(({ name, path, mediaType }) => ({
        ...{ filename: name, path, contentType: mediaType },
      })),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Queuescope-Schedule': String(message.schedule.id) },
      disableUrlAccess: true,
    });
    return { deliveredTo: accepted, failures: (rejectedErrors ?? []).map(failureOf) };
  } catch (error) {
    signal.throwIfAborted();
    return { deliveredTo: [], failures: failuresOf(error) };
  } finally {
    signal.removeEventListener('abort', stop);
    transport.close();
  }
}

function transportOptions({ host, port, security, account, tls }: SmtpConfig) {
  return {
    ...{ host, port, tls, secure: security === 'tls' },
    ...{ requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(account && { auth: { user: account.user, pass: account.password.reveal() } }),
    ...{ connectionTimeout: CONNECT_MS, greetingTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  };
}

function refuseLarge({ maxAttachmentBytes }: SmtpConfig, { files }: Message): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= maxAttachmentBytes) return;
  const megabytes = (size: number): string => (size / 1e6).toFixed(1);
  throw new RunRefusedError(
    `the files have ${megabytes(bytes)} MB, a mail takes ${megabytes(maxAttachmentBytes)} MB (smtp.maxAttachmentMb): ` +
      'send less, or deliver to a folder',
  );
}

/** The same for every attempt of a run: servers that saw it know it again. */
const messageIdOf = ({ from }: SmtpConfig, { schedule, run }: Message): string =>
  `<queuescope.${schedule.id}.${run.id}.${run.dueAt}@${addressOf(from).split('@').at(-1) ?? 'localhost'}>`;

/** `Name <a@b>` → `a@b`. */
const addressOf = (sender: string): string => /<([^>]*)>/.exec(sender)?.[1] ?? sender;

/** What nodemailer says of a refusal. */
interface Refusal {
  message: string;
  code?: string | undefined;
  recipient?: string | undefined;
  /** The server's own words. */
  response?: string | undefined;
  permanent?: boolean | undefined;
  rejectedErrors?: Refusal[] | undefined;
}

const failureOf = ({ recipient = '', response, message, permanent = false }: Refusal): RecipientFailure => ({
  recipient,
  message: response ?? message,
  isPermanent: permanent,
});

/** Every recipient refused is an answer for each; else nobody has it. @throws the error */
function failuresOf(error: unknown): RecipientFailure[] {
  if (!(error instanceof Error)) throw error;
  const { code, permanent, response, rejectedErrors = [] }: Refusal = error;
  if (code === 'EENVELOPE' && rejectedErrors.length > 0) return rejectedErrors.map(failureOf);
  if (code === 'ETLS')
    throw new Error(`no encryption with the mail server: ${error.message}; see smtp.security`, {
      cause: error,
    });
  // Other refusals (a login, a command) are mended in the configuration: the next attempt may have another one.
  if (permanent === true && (code === 'EENVELOPE' || code === 'EMESSAGE'))
    throw new RunRefusedError(`the mail server refused the mail: ${response ?? error.message}`);
  throw error;
}
