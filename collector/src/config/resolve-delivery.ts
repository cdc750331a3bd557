/**
 * Mail server and places schedules may deliver to. In: their sections of the file. Out: the same, checked; a problem
 * for whatever cannot be used.
 */
import type { SchedulesConfig, SmtpConfig } from './config.js';
import type { Lookup } from './lookup.js';
import type { ConfigFile } from './schema.js';
import { Secret } from './secret.js';

const BYTES_PER_MB = 1e6;
/** `a@b`, alone or as `Name <a@b>`. */
const SENDER = /^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/;

/** @returns null without a host */
export function smtpConfig(lookup: Lookup, smtp: ConfigFile['smtp']): SmtpConfig | null {
  const { host, port, security, user, from, tlsCaFile, tlsVerify, maxAttachmentMb } = smtp;
  if (host === undefined) return null;
  if (from === undefined)
    lookup.problem('smtp.from', 'is missing; add the sender, as in reports@example.org');
  else if (!SENDER.test(from))
    lookup.problem(
      'smtp.from',
      `"${from}" is no address; write reports@example.org, or Name <reports@example.org>`,
    );
  const given = { value: smtp.password, file: smtp.passwordFile, env: smtp.passwordEnv };
  const account =
    user === undefined ? null : { user, password: new Secret(lookup.required('smtp.password', given)) };
  if (user === undefined && Object.values(given).some((way) => way !== undefined))
    lookup.problem('smtp.user', 'is missing; a password is given');
  return {
    ...{ host, port, security, account, from: from ?? '' },
    tls: {
      ...(tlsCaFile !== undefined && { ca: lookup.read('smtp.tlsCaFile', tlsCaFile) }),
      rejectUnauthorized: tlsVerify,
    },
    maxAttachmentBytes: maxAttachmentMb * BYTES_PER_MB,
  };
}

export function schedulesConfig(
  lookup: Lookup,
  { folder, webhookHosts, publicUrl }: ConfigFile['schedules'],
): SchedulesConfig {
  if (publicUrl !== undefined && !/^https?:\/\/[^\s/]+/.test(publicUrl))
    lookup.problem(
      'schedules.publicUrl',
      `"${publicUrl}" is no address; write https://queuescope.example.org`,
    );
  return {
    folder: folder === undefined ? null : lookup.path(folder),
    webhookHosts,
    publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
  };
}
