import type { BatchRow, ReceivedInput } from './batch.js';
import { hs256Key, hs512Key, realm } from './key-ring-input.js';
import { sealerOf } from './sealed-span.js';
import { batchSaying, sentBatch, sentMillis } from './sent-batch.js';

const maxAgeMillis = 300_000;

/** Several requests to one receiver, which remembers what came. */
export function batchSequenceRows(): readonly BatchRow[] {
  return [...retries(), ...conflicts(), ...notRemembered(), ...forgotten()];
}

/** Requests with the verdict on each, in the order in which they come. */
function row(id: string, says: string, sequence: readonly (readonly [string, ReceivedInput])[]): BatchRow {
  const verdicts = sequence.map(([verdict]) => verdict);
  const isIntact = verdicts.every((verdict) => verdict === 'valid' || verdict === 'duplicate');
  const received = sequence.map(([, request]) => request);
  return { id, kind: isIntact ? 'positive' : 'negative', says, received, verdicts };
}

function later(received: ReceivedInput, millis: number): ReceivedInput {
  return { ...received, now_millis: received.now_millis + millis };
}

function retries(): readonly BatchRow[] {
  const by = sealerOf();
  const [first, second, third] = [sentBatch({ by }), sentBatch({ by }), sentBatch({ by })];
  const other = sentBatch({ by: sealerOf({ stream: 2 }) });
  const future = later(first, -maxAgeMillis);
  return [
    row('numbers', 'Three batches of a stream, with the numbers 0 to 2.', [
      ['valid', first],
      ['valid', second],
      ['valid', third],
    ]),
    row('other-order', 'They come in another order.', [
      ['valid', third],
      ['valid', first],
      ['valid', second],
    ]),
    row('streams', 'Two streams have a batch of one number each.', [
      ['valid', first],
      ['valid', other],
    ]),
    row('retry', 'The same request again, twice.', [
      ['valid', first],
      ['duplicate', first],
      ['duplicate', later(first, 1)],
    ]),
    row('retry-between', 'The same request again, behind another one.', [
      ['valid', first],
      ['valid', second],
      ['duplicate', first],
    ]),
    row('retry-oldest', 'The same request again, as old as it can be.', [
      ['valid', first],
      ['duplicate', later(first, maxAgeMillis)],
    ]),
    row(
      'retry-of-future',
      'From 300 seconds in the future, and again when it is 300 seconds old: it is still remembered.',
      [
        ['valid', future],
        ['valid', later(second, maxAgeMillis)],
        ['duplicate', later(first, maxAgeMillis)],
      ],
    ),
    row('replay', 'The same request again, a millisecond after that.', [
      ['valid', first],
      ['replay', later(first, maxAgeMillis + 1)],
    ]),
    row('replay-changed', 'A retry with another body is no retry.', [
      ['valid', first],
      ['invalid', { ...first, body: '0a01' }],
    ]),
  ];
}

/** What only a holder of the key can make. */
function conflicts(): readonly BatchRow[] {
  const first = sentBatch();
  const otherKey = sentBatch({ by: sealerOf({ ring: { realm, keys: [hs512Key] } }) });
  return [
    row('conflict-body', 'Another body under a number that is taken.', [
      ['valid', first],
      ['conflict', sentBatch({ body: '0a000a00' })],
    ]),
    row('conflict-time', 'The same body under that number, made at another time.', [
      ['valid', first],
      ['conflict', sentBatch({ millis: sentMillis + 1 })],
    ]),
    row('conflict-then-retry', 'What was there first stays.', [
      ['valid', first],
      ['conflict', sentBatch({ body: '0a000a00' })],
      ['duplicate', first],
      ['conflict', sentBatch({ body: '0a000a00' })],
    ]),
    {
      ...row('conflict-key', 'The same number of the same stream under another key.', [
        ['valid', first],
        ['conflict', otherKey],
      ]),
      ring: { realm, keys: [hs256Key, hs512Key] },
    },
  ];
}

/** A number is taken by a batch that is valid, and by no other. */
function notRemembered(): readonly BatchRow[] {
  const first = sentBatch();
  return [
    row('invalid-first', 'A forgery takes no number.', [
      ['invalid', { ...first, body: '0a01' }],
      ['valid', first],
    ]),
    row('future-first', 'Neither does one that is from too far in the future.', [
      ['replay', later(first, -maxAgeMillis - 1)],
      ['valid', first],
    ]),
    row('mismatch-first', 'Neither does one that is not of the epoch of its key.', [
      ['epoch-mismatch', batchSaying({ time_millis: sentMillis + 10 * maxAgeMillis })],
      ['valid', first],
    ]),
  ];
}

/** When a receiver forgets is its own affair, as long as it takes nothing for new that it may have seen. */
function forgotten(): readonly BatchRow[] {
  const first = sentBatch();
  const next = sentBatch({ by: sealerOf({ stream: 2 }), millis: sentMillis + maxAgeMillis + 1 });
  const unseen = sentBatch({ by: sealerOf({ stream: 3 }) });
  return [
    {
      id: 'clock-set-back',
      kind: 'advisory',
      says: 'The clock was set back after a batch could be forgotten, and the batch comes again.',
      received: [first, next, first],
      verdicts: ['valid', 'valid', 'replay'],
      orElse: [['valid', 'valid', 'duplicate']],
    },
    {
      id: 'clock-set-back-unseen',
      kind: 'advisory',
      says: 'The clock was set back, and one comes that was not there before: a receiver that forgot others as old cannot know.',
      received: [first, next, unseen],
      verdicts: ['valid', 'valid', 'replay'],
      orElse: [['valid', 'valid', 'valid']],
    },
    row(
      'clock-set-back-little',
      'The clock was set back, and one comes that is later than all that could be forgotten.',
      [
        ['valid', first],
        ['valid', next],
        ['valid', sentBatch({ by: sealerOf({ stream: 3 }), millis: sentMillis + 1 })],
      ],
    ),
  ];
}
