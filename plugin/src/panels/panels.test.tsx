/** The boards as people see them; @grafana/ui draws them for real. */
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import React from 'react';
import { agentFrame, queueFrame } from '../datasource/frames/live-frames';
import { agentRow, queueRow } from '../live/testing/rows';
import { memberKey } from '../live/today';
import { AgentBoardPanel } from './agent-board/AgentBoardPanel';
import { DEFAULTS as AGENT_DEFAULTS, type AgentBoardOptions } from './agent-board/types';
import { QueueBoardPanel } from './queue-board/QueueBoardPanel';
import { DEFAULTS as QUEUE_DEFAULTS, type QueueBoardOptions } from './queue-board/types';
import { panelProps } from './testing/props';

const NOW = Date.UTC(2026, 10, 21, 9);

beforeEach(() => jest.useFakeTimers({ now: NOW, advanceTimers: true }));
afterEach(() => jest.useRealTimers());

describe('queue board', () => {
  const frame = queueFrame({
    rows: [
      queueRow('support', { waiting: 2, oldestEnteredAt: NOW - 61_000 }),
      queueRow('sales', { agents: { ...queueRow('').agents, loggedIn: 3, ready: 2, paused: 1 } }),
    ],
    members: null,
    today: new Map([[memberKey('hq', 'support'), { answered: 31, abandoned: 9, serviceLevel: 0.775 }]]),
    hours: null,
  });
  const options: QueueBoardOptions = { ...QUEUE_DEFAULTS, showSparkline: false };

  it('ticks each second, and says what is bad', () => {
    render(<QueueBoardPanel {...panelProps(options, [frame])} />);
    const support = within(screen.getByRole('article', { name: 'support' }));
    expect(support.getByText('1:01')).toBeInTheDocument();
    expect(support.getByText('77.5%')).toBeInTheDocument();
    expect(support.getByText('31')).toBeInTheDocument();
    expect(support.getByRole('img', { name: 'Callers wait and no agent is ready' })).toBeInTheDocument();
    act(() => jest.advanceTimersByTime(1_000));
    expect(support.getByText('1:02')).toBeInTheDocument();
  });

  it('ticks on the collector’s clock', () => {
    const live = { state: 'live', problem: null, clockOffsetMs: 30_000 };
    render(<QueueBoardPanel {...panelProps(options, [{ ...frame, meta: { custom: { live } } }])} />);
    expect(screen.getByText('1:31')).toBeInTheDocument();
  });

  it('has rows as well, and pages on a big screen', async () => {
    const { rerender } = render(
      <QueueBoardPanel {...panelProps<QueueBoardOptions>({ ...options, layout: 'rows' }, [frame])} />,
    );
    expect(screen.getAllByRole('row').length).toBe(3);
    const small = { width: 400, height: 300 };
    rerender(
      <QueueBoardPanel
        {...panelProps<QueueBoardOptions>({ ...options, bigScreen: true, pageSeconds: 0 }, [frame], small)}
      />,
    );
    expect(screen.getByRole('article', { name: 'support' })).toBeInTheDocument();
    expect(screen.getByText('Page 1 of 2')).toBeInTheDocument();
    await userEvent
      .setup({ advanceTimers: jest.advanceTimersByTime })
      .click(screen.getByRole('button', { name: 'Next page' }));
    expect(screen.getByRole('article', { name: 'sales' })).toBeInTheDocument();
  });
});

describe('agent board', () => {
  const rows = Array.from({ length: 5_000 }, (_, n) =>
    agentRow(`Agent ${n}`, {
      since: NOW - n * 1_000,
      state: n % 7 === 0 ? 'paused' : 'ready',
      reason: n % 7 === 0 ? 'Lunch' : '',
      queues: [
        {
          queue: `queue ${n % 500}`,
          loginAt: null,
          paused: false,
          reason: '',
          pausedSince: null,
          penalty: null,
        },
      ],
    }),
  );
  const frame = agentFrame({ rows, members: null, queues: null, today: null });

  it('draws of 5,000 agents those that are seen', () => {
    render(<AgentBoardPanel {...panelProps(AGENT_DEFAULTS, [frame])} />);
    const tiles = screen.getAllByRole('article');
    expect(tiles.length).toBeGreaterThan(20);
    expect(tiles.length).toBeLessThan(100);
    expect(screen.getByRole('heading')).toHaveTextContent('5000Ready 4285Paused 715');
  });

  it('groups them by queue', () => {
    render(
      <AgentBoardPanel
        {...panelProps<AgentBoardOptions>({ ...AGENT_DEFAULTS, groupBy: 'queue' }, [frame])}
      />,
    );
    const [first, second] = screen.getAllByRole('heading');
    expect(first).toHaveTextContent('queue 0');
    expect(second).toHaveTextContent('queue 1');
  });

  it('says when nobody is there', () => {
    const none = agentFrame({ rows: [], members: null, queues: null, today: null });
    render(<AgentBoardPanel {...panelProps(AGENT_DEFAULTS, [none])} />);
    expect(screen.getByText('No agents. Check the filters of the query.')).toBeInTheDocument();
  });
});
