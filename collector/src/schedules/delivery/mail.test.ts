/** Mails to a real SMTP server, opened and read; servers that refuse. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { scratchFolder } from '../../../test/support/scratch.js';
import { Secret } from '../../config/secret.js';
import { RunRefusedError, type MailDelivery } from '../schedule.js';
import { mailServer, type MailServer } from '../testing/mail-server.js';
import { FILE_TEXT, messageWith } from '../testing/message.js';
import { sendMail } from './mail.js';

const scratch = scratchFolder();
const message = messageWith(scratch);
const DELIVERY: MailDelivery = {
  kind: 'mail',
  to: ['ann@example.org', 'bob@example.org'],
  cc: ['chief@example.org'],
  bcc: ['archive@example.org'],
};
const still = new AbortController().signal;

let server: MailServer;
beforeEach(async () => {
  server = await mailServer();
});
afterEach(() => server.close());
afterAll(() => scratch.remove());

describe('a mail', () => {
  it('arrives with subject, text and file as they were, blind copies hidden', async () => {
    const sent = await sendMail(server.config, DELIVERY, message, [], still);
    expect(sent).toEqual({
      deliveredTo: ['ann@example.org', 'bob@example.org', 'chief@example.org', 'archive@example.org'],
      failures: [],
    });
    const [taken] = server.mails;
    expect(taken?.from).toBe('reports@example.org');
    expect(taken?.to).toHaveLength(4);
    const mail = taken?.mail;
    expect(mail?.subject).toBe('Очереди за неделю');
    expect(mail?.text?.trim()).toBe('Строк: 1');
    expect(mail?.to?.map(({ address }) => address)).toEqual(['ann@example.org', 'bob@example.org']);
    expect(mail?.cc?.map(({ address }) => address)).toEqual(['chief@example.org']);
    expect(JSON.stringify(mail)).not.toContain('archive@example.org');
    const [file] = mail?.attachments ?? [];
    expect(file?.filename).toBe('Понедельник-2026-11-09.csv');
    expect(file?.mimeType).toBe('text/csv');
    expect(Buffer.from(file?.content as ArrayBuffer).toString()).toBe(FILE_TEXT);
    expect(mail?.messageId).toBe('<queuescope.3.41.1794798000000@example.org>');
  });

  it('goes again only to those who lack it', async () => {
    server.refuse.set('bob@example.org', { code: 450, words: 'mailbox busy' });
    const first = await sendMail(server.config, DELIVERY, message, [], still);
    expect(first.failures).toEqual([
      { recipient: 'bob@example.org', message: '450 mailbox busy', isPermanent: false },
    ]);
    expect(first.deliveredTo).toHaveLength(3);
    server.refuse.clear();
    const second = await sendMail(server.config, DELIVERY, message, first.deliveredTo, still);
    expect(second).toEqual({ deliveredTo: ['bob@example.org'], failures: [] });
    expect(server.mails.map(({ to }) => to.length)).toEqual([3, 1]);
    expect(server.mails[1]?.mail.messageId).toBe(server.mails[0]?.mail.messageId);
  });

  it('to nobody the server knows fails for good', async () => {
    const delivery = { ...DELIVERY, cc: [], bcc: [] };
    for (const one of delivery.to) server.refuse.set(one, { code: 550, words: 'no such user' });
    const { deliveredTo, failures } = await sendMail(server.config, delivery, message, [], still);
    expect(deliveredTo).toEqual([]);
    expect(failures).toEqual(
      delivery.to.map((recipient) => ({ recipient, message: '550 no such user', isPermanent: true })),
    );
  });

  it('that the server refuses as a whole is refused for good, or later', async () => {
    server.refuseAll = { code: 554, words: 'looks like spam' };
    const work = sendMail(server.config, DELIVERY, message, [], still);
    await expect(work).rejects.toThrow(RunRefusedError);
    await expect(work).rejects.toThrow('554 looks like spam');
    server.refuseAll = { code: 451, words: 'disk full' };
    const later = sendMail(server.config, DELIVERY, message, [], still);
    await expect(later).rejects.toThrow('451 disk full');
    await expect(later).rejects.not.toThrow(RunRefusedError);
  });

  it('too large for the server is not sent', async () => {
    const small = { ...server.config, maxAttachmentBytes: 10 };
    await expect(sendMail(small, DELIVERY, message, [], still)).rejects.toThrow('smtp.maxAttachmentMb');
    expect(server.mails).toEqual([]);
  });

  it('does not wait for a server that is not there', async () => {
    await server.close();
    await expect(sendMail(server.config, DELIVERY, message, [], still)).rejects.toThrow('ECONNREFUSED');
  });
});

describe('an account', () => {
  const account = (password: string) => ({ user: 'queuescope', password: new Secret(password) });

  it.each(['starttls', 'tls'] as const)(
    'logs in over %s; a wrong password may be mended later',
    async (security) => {
      const guarded = await mailServer('open sesame', security);
      try {
        const right = { ...guarded.config, account: account('open sesame') };
        expect((await sendMail(right, DELIVERY, message, [], still)).failures).toEqual([]);
        const wrong = sendMail({ ...right, account: account('guess') }, DELIVERY, message, [], still);
        await expect(wrong).rejects.toThrow('535');
        await expect(wrong).rejects.not.toThrow(RunRefusedError);
        await expect(wrong).rejects.not.toThrow('guess');
        expect(guarded.mails).toHaveLength(1);
      } finally {
        await guarded.close();
      }
    },
  );

  it('never sends anything in the clear where starttls is asked for', async () => {
    const plain = { ...server.config, security: 'starttls' as const };
    await expect(sendMail(plain, DELIVERY, message, [], still)).rejects.toThrow(/STARTTLS/i);
    expect(server.mails).toEqual([]);
  });
});
