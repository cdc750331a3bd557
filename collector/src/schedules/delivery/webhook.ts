/**
 * Delivery to a webhook: one signed POST of JSON.
 *
 * In: a message, the address, the secret. Out: who has it. What must hold: the signature covers the time and every byte
 * of the body; it goes to the configured hosts only and follows no redirect; nothing of the answer is kept but its status.
 */
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { SchedulesConfig } from '../../config/config.js';
import { matchesPattern } from '../../config/pattern.js';
import { RunRefusedError, type WebhookDelivery } from '../schedule.js';
import type { DeliveryFile, DeliveryResult, Message } from './delivery.js';

const ANSWER_MS = 30_000;
/** Bytes of files in one body; base64 makes a third more of them. */
const MAX_FILE_BYTES = 20_000_000;

export interface WebhookOptions {
  config: SchedulesConfig;
  secret: string;
  nowMs: number;
  signal: AbortSignal;
}

/** @throws RunRefusedError when it must not go there or is too large; Error with the status of a refusal */
export async function postWebhook(
  { url, attach }: WebhookDelivery,
  message: Message,
  { config, secret, nowMs, signal }: WebhookOptions,
): Promise<DeliveryResult> {
  const wrong = hostError(url, config);
  if (wrong !== null) throw new RunRefusedError(wrong);
  const body = JSON.stringify(await bodyOf(message, attach, config));
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Queuescope',
      'x-queuescope-delivery': String(message.run.id),
      'x-queuescope-signature': signatureOf(secret, nowMs, body),
    },
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  await response.body?.cancel();
  if (response.ok) return { deliveredTo: [url], failures: [] };
  const { status } = response;
  // Too many requests and timeouts pass; other refusals of the client's kind stay.
  const isPermanent = status >= 300 && status < 500 && status !== 408 && status !== 429;
  return { deliveredTo: [], failures: [{ recipient: url, message: `answered ${status}`, isPermanent }] };
}

/** `t=<seconds>,v1=<hex>`: HMAC-SHA256 over `<seconds>.<body>`, so that an old body cannot be sent again as a new one. */
export function signatureOf(secret: string, nowMs: number, body: string): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** What keeps an address from being posted to; null: nothing. */
export function hostError(url: string, { webhookHosts }: SchedulesConfig): string | null {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return `"${url}" is no address; write https://hooks.example.org/queuescope`;
  const { hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'has a password in it; the signature proves who posts';
  if (webhookHosts.some((pattern) => matchesPattern(pattern.toLowerCase(), hostname))) return null;
  const allowed = webhookHosts.length === 0 ? 'is empty' : `has ${webhookHosts.join(', ')}`;
  return `the host ${hostname} is not allowed; schedules.webhookHosts of the configuration ${allowed}`;
}

async function bodyOf(
  { schedule, run, report, range, rows, totals, subject, text, files }: Message,
  attach: WebhookDelivery['attach'],
  { publicUrl }: SchedulesConfig,
): Promise<object> {
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (attach === 'files' && size > MAX_FILE_BYTES)
    throw new RunRefusedError(
      `the files have ${(size / 1e6).toFixed(1)} MB, a webhook takes ${MAX_FILE_BYTES / 1e6} MB: send links instead (attach)`,
    );
  const described = files.map(async (file) => ({
    ...{ name: file.name, mediaType: file.mediaType, bytes: file.bytes },
    ...(attach === 'files'
      ? { content: (await readFile(file.path)).toString('base64') }
      : { url: linkOf(file, publicUrl) }),
  }));
  const dueAt = new Date(run.dueAt).toISOString();
  return {
    ...{ schedule, run: { id: run.id, dueAt }, report, ...range },
    ...{ rows, totals, subject, text, files: await Promise.all(described) },
  };
}

/** Needs a token, as every download; without a public address it is a path of the API. */
const linkOf = ({ exportId }: DeliveryFile, publicUrl: string | null): string =>
  `${publicUrl ?? ''}/api/v1/exports/${exportId}/file`;
