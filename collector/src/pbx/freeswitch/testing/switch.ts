/**
 * For tests: a FreeSWITCH told in few words. Each call of `say` is one event of the event socket, `answer` one answer to a
 * command; what the dialect makes of them is collected. Seconds are counted from `T0`.
 */
import { deriveCall } from '../../../facts/call/derive-call.js';
import type { CallFacts } from '../../../facts/call/call-facts.js';
import { restartsOf } from '../../../facts/restarts.js';
import { encodeLink } from '../../link.js';
import type { RawMessage } from '../../dialect.js';
import {
  type CallEvent,
  type MemberEvent,
  type PbxEvent,
  type PbxWideEvent,
  isCallEvent,
  isMemberEvent,
} from '../../event.js';
import { freeswitchDialect } from '../dialect.js';

/** Seconds since the epoch. */
export const T0 = 1_795_200_480;
export const ms = (seconds: number): number => Math.round((T0 + seconds) * 1000);
export const us = (seconds: number): number => Math.round((T0 + seconds) * 1_000_000);

type Headers = Readonly<Record<string, string | number>>;

export class ToldSwitch {
  readonly events: PbxEvent[] = [];
  core = '5d30d521-3e39-481d-bb63-17246d637fd0';
  #projection = freeswitchDialect().projection('lab');
  #sequence = 100;
  #ordinal = 0;

  /** An event that FreeSWITCH fired at `seconds`. */
  say(seconds: number, name: string, headers: Headers = {}): PbxEvent[] {
    const own: Headers = {
      'Event-Name': name,
      'Core-UUID': this.core,
      'Event-Date-Timestamp': us(seconds),
      'Event-Sequence': ++this.#sequence,
    };
    const body = Object.entries({ ...own, ...headers })
      .map(([header, value]) => `${header}: ${encodeURIComponent(value)}\n`)
      .join('');
    return this.#apply(
      'esl',
      seconds,
      `Content-Length: ${body.length + 1}\nContent-Type: text/event-plain\n\n${body}\n`,
    );
  }

  /** An event of mod_callcenter. */
  cc(seconds: number, action: string, headers: Headers = {}): PbxEvent[] {
    return this.say(seconds, 'CUSTOM', {
      'Event-Subclass': 'callcenter::info',
      'CC-Action': action,
      ...headers,
    });
  }

  answer(seconds: number, command: string, text: string): PbxEvent[] {
    const length = Buffer.byteLength(text);
    return this.#apply(
      'esl',
      seconds,
      `Queuescope-Command: ${command}\nContent-Type: api/response\nContent-Length: ${length}\n\n${text}`,
    );
  }

  link(seconds: number, type: 'up' | 'down'): PbxEvent[] {
    return this.#apply('link', seconds, encodeLink({ type, reason: 'test' }).toString());
  }

  /** A collector that was stopped and goes on from what it stored. */
  restartCollector(): void {
    const stored: unknown = JSON.parse(JSON.stringify(this.#projection.snapshot()));
    this.#projection = freeswitchDialect().projection('lab', stored);
  }

  get snapshot(): Record<string, unknown> {
    return this.#projection.snapshot() as Record<string, unknown>;
  }

  /** The facts of one caller's channel. */
  facts(session: string): CallFacts {
    const ofCall = this.events.filter(
      (event): event is CallEvent => isCallEvent(event) && event.callId === session,
    );
    const wide = this.events.filter((event): event is PbxWideEvent => 'kind' in event && !isCallEvent(event));
    return deriveCall(ofCall, {
      restartsUs: restartsOf(wide.filter(({ kind }) => kind === 'pbx-started')).map(({ atUs }) => atUs),
      wrapUpSeconds: () => null,
      isTag: (note) => note === 'queuescope_tag',
    });
  }

  /** Member events as `seconds agent kind queue reason`. */
  get members(): string[] {
    return this.events
      .filter((event): event is MemberEvent => isMemberEvent(event))
      .map((event) => {
        const detail = 'reason' in event ? ` ${event.reason}` : 'state' in event ? ` ${event.state}` : '';
        return `${(event.atUs - us(0)) / 1e6} ${event.member} ${event.kind} ${event.queue}${detail}`;
      });
  }

  #apply(source: 'esl' | 'link', seconds: number, text: string): PbxEvent[] {
    const message: RawMessage = {
      pbx: 'lab',
      source,
      connection: 'esl:10.0.0.5:8021:1',
      ordinal: ++this.#ordinal,
      receivedUs: us(seconds) + 20_000,
      bytes: Buffer.from(text),
    };
    const events = this.#projection.apply(message);
    this.events.push(...events);
    return events;
  }
}
