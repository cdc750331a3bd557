/** The journey of a recorded call: what is drawn and said is what the recording's facts say; its recording is heard. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ask, until } from './support/ask';
import type { Environment } from './support/environment';
import { LOG_SECOND, startLogPbx } from './support/log-pbx';
import { expect, test } from './support/test';

/**
 * In vip: Chloé D’Arc let it ring twice, Mary-Jane Watson answered after 16 s and passed the caller on to 700 after two more.
 * Its rows of queue_log are 1795201195 ENTERQUEUE, …201 and …208 RINGNOANSWER|6000, …211 CONNECT|16, …213 BLINDTRANSFER.
 */
const CALLER = '09900000051';
const ENTERED_AT = 1_795_201_195_000;

async function contactOf(environment: Environment, filter: string): Promise<number> {
  const calls = `reports/calls?tz=UTC&${filter}`;
  const { rows } = await until(
    () => ask<{ rows: Array<{ contactId: number }> }>(environment, 'GET', calls),
    (found) => found.rows.length > 0,
  );
  return rows[0]!.contactId;
}

const labelsOf = (all: Locator): Promise<Array<string | null>> =>
  all.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label')));

/** Where a bar lies, as parts of the width of its lane. */
async function placeOf(page: Page, name: RegExp): Promise<{ from: number; to: number }> {
  return page
    .getByRole('img', { name })
    .first()
    .evaluate((bar) => {
      const [own, lane] = [bar.getBoundingClientRect(), bar.parentElement!.getBoundingClientRect()];
      return { from: (own.left - lane.left) / lane.width, to: (own.right - lane.left) / lane.width };
    });
}

test.describe('the journey of a call', () => {
  test.skip(({ environment }) => environment.isGrafana, 'needs the recordings of the tests');

  test('shows who waited, rang and talked when, as the PBX recorded it', async ({ open, environment }) => {
    const { from, to } = environment.recorded;
    const id = await contactOf(environment, `from=${from}&to=${to}&pbx=recorded&caller=${CALLER}`);
    const page = await open(`journey/${id}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Müller & Söhne · ${CALLER}`);
    const lane = (name: string) => page.getByRole('group', { name, exact: true });
    const bars = (name: string) => labelsOf(lane(name).getByRole('img'));
    await expect.poll(() => bars('vip')).toEqual(['Waits 0:16, from 6:59:55 PM to 7:00:11 PM']);
    expect(await bars('Chloé D’Arc')).toEqual([
      'Rings (no answer) 0:06, from 6:59:55 PM to 7:00:01 PM',
      'Rings (no answer) 0:06, from 7:00:02 PM to 7:00:08 PM',
    ]);
    expect(await bars('Mary-Jane Watson')).toEqual([
      'Rings (answered) 0:02, from 7:00:09 PM to 7:00:11 PM',
      expect.stringMatching(/^Talks 0:02, from 7:00:11 PM to 7:00:1[23] PM$/),
    ]);

    // The bars lie where the facts are.
    const journey = await ask<{ startedAt: number; endedAt: number }>(environment, 'GET', `calls/${id}`);
    const begin = Math.min(journey.startedAt, ENTERED_AT);
    const at = (ms: number) => (ENTERED_AT + ms - begin) / (journey.endedAt - begin);
    const waits = await placeOf(page, /^Waits/);
    expect(waits.from).toBeCloseTo(at(0), 1);
    expect(waits.to).toBeCloseTo(at(16_000), 1);
    const rings = await placeOf(page, /from 7:00:02 PM/);
    expect(rings.from).toBeCloseTo(at(7494), 1);
    expect(rings.to).toBeCloseTo(at(13_497), 1);

    const visit = page.getByRole('listitem').filter({ hasText: 'Blind transfer' }).first();
    await expect(visit).toContainText('Blind transfer to 700@transfers');
    await expect(visit.getByRole('row')).toContainText(['Agent', 'no answer', 'no answer', 'answered']);
    await page.getByRole('button', { name: /Everything the PBX said/ }).click();
    await expect(page.getByRole('cell', { name: 'agent-connected' }).first()).toBeVisible();
  });

  test('draws the rings of a call known from queue_log alone before the rows that end them', async ({
    open,
    environment,
  }) => {
    const channel = `${LOG_SECOND + 8}.2`;
    const pbx = await startLogPbx(environment, 'journey-log', [
      'j1.1|journey-log vip|NONE|ENTERQUEUE||5551|1',
      ...filler(5),
      'j1.1|journey-log vip|Lo Gan|RINGNOANSWER|6000',
      ...filler(3),
      `j1.1|journey-log vip|Lo Gan|CONNECT|10|${channel}|2`,
      ...filler(9),
      'j1.1|journey-log vip|Lo Gan|COMPLETECALLER|10|10|1',
    ]);
    try {
      const id = await contactOf(environment, 'from=2026-09-15&to=2026-09-16&pbx=journey-log&caller=5551');
      const page = await open(`journey/${id}`);
      const bars = page.getByRole('group', { name: 'Lo Gan', exact: true }).getByRole('img');
      await expect
        .poll(() => labelsOf(bars))
        .toEqual([
          'Rings (no answer) 0:06, from 9:00:00 AM to 9:00:06 AM',
          'Rings (answered) 0:02, from 9:00:08 AM to 9:00:10 AM',
          'Talks 0:10, from 9:00:10 AM to 9:00:20 AM',
        ]);
    } finally {
      await pbx.remove();
    }
  });

  test('plays the recording in parts, and notes who listened', async ({ open, environment, problems }) => {
    // The player asks for one part and lets go of the answer.
    problems.expect(/no answer: .*recordings/);
    const folder = mkdtempSync(join(tmpdir(), 'queuescope-recordings-'));
    const sound = wave(2);
    writeFileSync(join(folder, 'r1.1.wav'), sound);
    const pbx = await startLogPbx(
      environment,
      'journey-rec',
      [
        'r1.1|journey-rec vip|NONE|ENTERQUEUE||5552|1',
        'r1.1|journey-rec vip|Re Corded|CONNECT|1|9.2|1',
        'r1.1|journey-rec vip|Re Corded|COMPLETECALLER|1|1|1',
      ],
      { recordings: { folder, file: '{callId}.wav' } },
    );
    try {
      const id = await contactOf(environment, 'from=2026-09-15&to=2026-09-16&pbx=journey-rec&caller=5552');
      const page = await open(`journey/${id}`);
      const asked: string[] = [];
      page.on('request', (request) => {
        if (/recordings\/\d+$/.test(request.url())) {
          asked.push(request.headers().range ?? 'all of it');
        }
      });
      await page.getByRole('button', { name: 'Play recording' }).click();
      const player = page.getByLabel('Recording', { exact: true });
      await expect
        .poll(() => player.evaluate((audio: HTMLAudioElement) => Math.round(audio.duration)))
        .toBe(2);
      expect(asked[0]).toMatch(/^bytes=/);
      const heard = page.getByText('Times listened to: 1');
      await heard.click();
      await expect(page.getByRole('listitem').filter({ hasText: /admin/i }).last()).toBeVisible();

      const part = await page.evaluate(
        async (src) => {
          const answer = await fetch(src, { headers: { range: 'bytes=100-199' } });
          return { status: answer.status, bytes: [...new Uint8Array(await answer.arrayBuffer())] };
        },
        await player.evaluate((audio: HTMLAudioElement) => audio.src),
      );
      expect(part.status).toBe(206);
      expect(digest(Buffer.from(part.bytes))).toBe(digest(sound.subarray(100, 200)));

      const audit = await open('health/audit?action=recording');
      await expect(audit.getByRole('row').filter({ hasText: 'journey-rec' })).toContainText(
        'Recording played',
      );

      // Gone from the disk: what the page says then, in a document that has not heard it.
      rmSync(join(folder, 'r1.1.wav'));
      problems.expect(/404 .*recordings/);
      const again = await open(`journey/${id}`, { theme: 'dark' });
      await again.getByRole('button', { name: 'Play recording' }).click();
      await expect(again.getByText('The recording cannot be played')).toBeVisible();
      await expect(again.getByText(/There is no recording: .*r1\.1/)).toBeVisible();
    } finally {
      await pbx.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('of an id nobody has says so', async ({ open, problems }) => {
    problems.expect(/404 .*calls\/999999/);
    const page = await open('journey/999999');
    await expect(page.getByText('There is no such call')).toBeVisible();
  });
});

/** Rows that take a second each and tell nothing of the call. */
const filler = (rows: number): string[] => Array.from({ length: rows }, () => 'NONE|NONE|NONE|CONFIGRELOAD|');

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A wave file of noise, 8 kHz mono. */
function wave(seconds: number): Buffer {
  const data = randomBytes(seconds * 8000);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write('data', 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
