/**
 * The columns of the rollups as they were first released, shared by the migrations that make the tables and the first
 * views. Later columns come with later migrations, never here.
 */

export interface SumColumns {
  counts: readonly string[];
  /** Whole seconds as the PBX states them: sums and maxima. */
  seconds: readonly string[];
  /** Measured milliseconds. */
  ms: readonly string[];
}

const TALK_ENDS = [
  ...['completed_by_agent', 'completed_by_caller', 'blind_transfers', 'attended_transfers', 'transfers_seen'],
  'agent_dumps',
];
const OFFER_RESULTS = [
  ...['offered', 'ring_no_answers', 'ring_canceled', 'lost_race', 'busy', 'rejected', 'offer_unavailable'],
];

export const QUEUE_SUMS: SumColumns = {
  counts: [
    ...[
      'entered',
      'answered',
      'abandoned',
      'timed_out',
      'exited_by_key',
      'exited_empty',
      'withdrawn',
      'pulled_out',
    ],
    ...['canceled_at_connect', 'interrupted', 'waiting', 'contacts_first', 'contacts_in_queue', 'hold_count'],
    ...TALK_ENDS,
    ...['talked_after_all', 'position_sum', 'position_count', 'position_max', 'attempts'],
    ...OFFER_RESULTS,
  ],
  seconds: [
    ...['wait_answered_seconds', 'wait_answered_max_seconds', 'wait_abandoned_seconds'],
    ...['wait_abandoned_max_seconds', 'wait_unanswered_seconds', 'wait_unanswered_max_seconds'],
    ...['ring_seconds', 'talk_seconds', 'talk_max_seconds'],
  ],
  ms: ['wait_ms', 'talk_ms', 'agent_talk_ms', 'hold_ms', 'wrap_up_ms', 'ring_no_answer_ms'],
};

export const AGENT_CALL_SUMS: SumColumns = {
  counts: ['answered', 'hold_count', ...TALK_ENDS, ...OFFER_RESULTS],
  seconds: ['talk_seconds', 'talk_max_seconds', 'wait_answered_seconds', 'ring_seconds'],
  ms: ['ring_no_answer_ms'],
};

export const AGENT_TIME_SUMS: SumColumns = {
  counts: [],
  seconds: [],
  ms: [
    ...[
      'login_ms',
      'pause_ms',
      'fully_paused_ms',
      'ring_ms',
      'talk_ms',
      'hold_ms',
      'wrap_up_ms',
      'other_call_ms',
    ],
    ...['unavailable_ms', 'ready_ms'],
  ],
};

export const QUEUE_AGENT_TIME_SUMS: SumColumns = {
  counts: [],
  seconds: [],
  ms: ['login_ms', 'pause_ms', 'talk_ms'],
};
