import type { BatchRow, ReceivedInput } from './batch.js';
import type { BatchTextParts } from './batch-steps.js';
import { hex } from './hex.js';
import { hs256Key, hs512Key, type KeyRingInput, otherSecret, realm } from './key-ring-input.js';
import { requestInput, requestOf } from './request-input.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';
import { epochMillis, plainItem, sealedBy, sealerOf, startMillis } from './sealed-span.js';
import { batchSaying, sentBatch, sentMillis, textOf } from './sent-batch.js';

/** By how much clocks may differ, and how old a retry can be. */
const skewMillis = 300_000;

/** Requests by themselves, each to a receiver that has seen none before. */
export function batchHeaderRows(): readonly BatchRow[] {
  return [
    ...positive(),
    ...otherRequests(),
    ...changedParts(),
    ...splices(),
    ...shapes(),
    ...headers(),
    ...keys(),
    ...epochs(),
    ...ages(),
  ];
}

function valid(id: string, says: string, received: ReceivedInput): BatchRow {
  return { id, kind: 'positive', says, received: [received], verdicts: ['valid'] };
}

function refused(id: string, [verdict, says]: readonly [string, string], received: ReceivedInput): BatchRow {
  return { id, kind: 'negative', says, received: [received], verdicts: [verdict] };
}

/** The request with another text in its header. */
function withText(received: ReceivedInput, text: string): ReceivedInput {
  return { ...received, headers: [text] };
}

function positive(): readonly BatchRow[] {
  const hs512: KeyRingInput = { realm, keys: [hs512Key] };
  const { protobuf, json } = requestInput(requestOf([sealedBy(sealerOf(), plainItem)]));
  const text = hex(Buffer.from(JSON.stringify(json)));
  const later = startMillis + 682 * epochMillis + 5;
  const largest = Number.MAX_SAFE_INTEGER;
  return [
    valid('hs256', 'A request with a sealed span.', sentBatch({ body: protobuf })),
    {
      ...valid('hs512', 'Under HMAC-SHA-512.', sentBatch({ by: sealerOf({ ring: hs512 }), body: protobuf })),
      ring: hs512,
    },
    valid('json', 'The same request as OTLP/JSON.', sentBatch({ body: text, format: 'json' })),
    valid('empty-body', 'A request of no bytes, about no spans.', sentBatch({ body: '', count: 0 })),
    valid('first-millisecond', 'Made when the stream began.', sentBatch({ millis: startMillis })),
    valid(
      'epoch-1',
      'Made in the first millisecond of epoch 1.',
      sentBatch({ millis: startMillis + epochMillis }),
    ),
    valid('epoch-682', 'Made in epoch 682.', sentBatch({ millis: later })),
    valid(
      'time-zero',
      'Made when the clock was 0, and so was the beginning of the stream.',
      sentBatch({ by: sealerOf({ startMillis: 0 }), millis: 0 }),
    ),
    valid('spans', 'About the spans from seq 40 to seq 1,039.', sentBatch({ first: 40, count: 1_000 })),
    valid('says-number-largest', 'The largest number.', batchSaying({ number: largest })),
    valid(
      'says-seq-largest',
      'The last seq there can be.',
      batchSaying({ first_seq: largest - 3, count: 3 }),
    ),
  ];
}

/** The header as it was sent, before another request. */
function otherRequests(): readonly BatchRow[] {
  const received = sentBatch();
  const row = (id: string, says: string, changes: Partial<ReceivedInput>): BatchRow =>
    refused(`request-${id}`, ['invalid', says], { ...received, ...changes });
  return [
    row('bit', 'A bit of the body was changed.', { body: '0a01' }),
    row('shorter', 'A byte of the body is not there.', { body: '0a' }),
    row('longer', 'A byte more in the body.', { body: '0a0000' }),
    row('empty', 'No body.', { body: '' }),
    row('format', 'The same bytes in the other format.', { format: 'json' }),
  ];
}

/** Each part of the text changed, by itself. */
function changedParts(): readonly BatchRow[] {
  const received = sentBatch();
  const part = (
    place: number,
    [id, verdict]: readonly [string, string],
    change: (old: string) => string,
  ): BatchRow => {
    const parts = textOf(received).split('~');
    parts[place] = change(parts[place] ?? '');
    return refused(
      `text-${id}`,
      [verdict, `The part ${id} of the text was changed.`],
      withText(received, parts.join('~')),
    );
  };
  const number = (old: string): string => spelledNumber(spelledOutNumber(old) ^ 1);
  const time = (old: string): string => spelledNumber(spelledOutNumber(old) + 1);
  const bytes = (old: string): string => {
    const [first = 0, ...rest] = spelledOutBytes(old);
    return spelledBytes(Uint8Array.of(first ^ 1, ...rest));
  };
  return [
    part(1, ['kid', 'unknown-key'], () => 'k-2'),
    part(2, ['realm-tag', 'wrong-realm'], bytes),
    part(3, ['stream-id', 'invalid'], bytes),
    part(4, ['epoch', 'invalid'], number),
    part(5, ['number', 'invalid'], number),
    part(6, ['first-seq', 'invalid'], number),
    part(7, ['count', 'invalid'], number),
    part(8, ['time', 'invalid'], time),
    part(9, ['mac', 'invalid'], bytes),
  ];
}

/** A part of one batch in the header of another, for the same request. */
function splices(): readonly BatchRow[] {
  const received = sentBatch();
  const spliced = (other: ReceivedInput, places: readonly number[]): ReceivedInput => {
    const parts = textOf(other).split('~');
    const text = textOf(received)
      .split('~')
      .map((old, place) => (places.includes(place) ? (parts[place] ?? '') : old));
    return withText(received, text.join('~'));
  };
  const stream = sentBatch({ by: sealerOf({ stream: 2 }) });
  const epoch = sentBatch({ millis: sentMillis + epochMillis });
  const second = sealerOf();
  sentBatch({ by: second });
  const row = (id: string, says: string, request: ReceivedInput): BatchRow =>
    refused(`splice-${id}`, ['invalid', says], request);
  return [
    row('stream', 'The stream of another batch.', spliced(stream, [3])),
    row('epoch', 'The epoch of a later batch.', spliced(epoch, [4])),
    row('epoch-and-time', 'The epoch and the time of a later batch.', spliced(epoch, [4, 8])),
    row(
      'mac',
      'The MAC of another batch, of the same stream and request.',
      spliced(sentBatch({ by: second }), [9]),
    ),
  ];
}

/** How many headers there are. */
function headers(): readonly BatchRow[] {
  const received = sentBatch();
  const text = textOf(received);
  return [
    refused('headers-none', ['unsigned', 'No header.'], { ...received, headers: [] }),
    refused('headers-twice', ['malformed', 'The same header twice.'], { ...received, headers: [text, text] }),
    refused('headers-two', ['malformed', 'Another header behind it.'], { ...received, headers: [text, 'x'] }),
  ];
}

function shapes(): readonly BatchRow[] {
  const received = sentBatch();
  const text = textOf(received);
  const row =
    (verdict: string) =>
    (id: string, says: string, given: string): BatchRow =>
      refused(id, [verdict, says], withText(received, given));
  const [malformed, otherVersion] = [row('malformed'), row('unsupported-version')];
  const part = (place: number, change: (old: string) => string): string =>
    text
      .split('~')
      .map((old, index) => (index === place ? change(old) : old))
      .join('~');
  return [
    malformed('empty', 'An empty header.', ''),
    malformed('part-missing', 'Nine parts.', text.split('~').slice(0, -1).join('~')),
    malformed('part-more', 'Eleven parts.', `${text}~`),
    malformed('joined', 'Two texts in one header, with a comma between them.', `${text}, ${text}`),
    malformed('blank-before', 'A blank in front.', ` ${text}`),
    malformed('blank-behind', 'A blank behind it.', `${text} `),
    malformed(
      'kid-hyphen',
      'A kid that begins with a hyphen.',
      part(1, () => '-k'),
    ),
    malformed(
      'number-leading-zero',
      'A number with a zero in front.',
      part(5, (old) => `b${old}`),
    ),
    malformed(
      'number-empty',
      'A number without a letter.',
      part(5, () => ''),
    ),
    malformed(
      'mac-short',
      'A MAC with a letter less.',
      part(9, (old) => old.slice(1)),
    ),
    malformed(
      'mac-unused',
      'An unused bit of the last letter is set.',
      part(9, (old) => `${old.slice(0, -1)}P`),
    ),
    malformed(
      'too-long',
      'A text of 193 characters, of another version: the length comes first.',
      `2~${'x'.repeat(191)}`,
    ),
    otherVersion('other-version', 'Another version, with parts that nobody knows.', '2~whatever'),
    otherVersion('other-version-longest', 'Another version in 192 characters.', `2~${'x'.repeat(190)}`),
    ...numbersTooLarge(),
  ];
}

function numbersTooLarge(): readonly BatchRow[] {
  const saying = (id: string, says: string, parts: Partial<BatchTextParts>): BatchRow =>
    refused(id, ['malformed', says], batchSaying(parts));
  return [
    saying('says-epoch-too-large', 'Epoch 1,048,576.', { epoch: 1_048_576 }),
    saying('says-seq-too-large', 'A last seq above 2⁵³ − 1.', {
      first_seq: Number.MAX_SAFE_INTEGER - 2,
      count: 3,
    }),
  ];
}

function keys(): readonly BatchRow[] {
  const received = sentBatch();
  const under = (id: string, [verdict, says]: readonly [string, string], ring: KeyRingInput): BatchRow => ({
    ...refused(`key-${id}`, [verdict, says], received),
    ring,
  });
  const revoked = (millis: number): KeyRingInput => ({
    realm,
    keys: [{ ...hs256Key, revoked_from_millis: millis }],
  });
  const end = startMillis + epochMillis;
  const late = { time_millis: end + epochMillis + 1 };
  return [
    under('unknown', ['unknown-key', 'The key is not on the ring.'], {
      realm,
      keys: [{ ...hs256Key, id: 'k-2' }],
    }),
    under('other-realm', ['wrong-realm', 'The batch is for another realm.'], {
      realm: 'acme/test',
      keys: [hs256Key],
    }),
    under('other-secret', ['wrong-realm', 'The key has another secret.'], {
      realm,
      keys: [{ ...hs256Key, secret: otherSecret }],
    }),
    under('other-algorithm', ['invalid', "The algorithm is the key's."], {
      realm,
      keys: [{ ...hs256Key, algorithm: 'hs512' }],
    }),
    under(
      'revoked',
      ['revoked-key', 'The key was revoked in the last millisecond of the epoch.'],
      revoked(end - 1),
    ),
    {
      ...valid('key-revoked-later', 'The key was revoked at the end of the epoch.', received),
      ring: revoked(end),
    },
    {
      ...under(
        'revoked-first',
        ['revoked-key', 'The time is wrong and the key is revoked: that comes first.'],
        revoked(0),
      ),
      received: [batchSaying(late)],
    },
    {
      ...under(
        'revoked-changed',
        ['invalid', 'The body was changed and the key is revoked: the MAC comes first.'],
        revoked(0),
      ),
      received: [{ ...received, body: '0a01' }],
    },
  ];
}

/** Of the epoch. */
function epochs(): readonly BatchRow[] {
  const end = startMillis + epochMillis;
  const says = (time_millis: number): ReceivedInput => batchSaying({ time_millis });
  return [
    valid('says-earliest', 'Made 300 seconds before its epoch.', says(startMillis - skewMillis)),
    valid('says-latest', 'Made 300 seconds after its epoch.', says(end + skewMillis)),
    refused(
      'says-too-early',
      ['epoch-mismatch', 'Made a millisecond earlier than 300 seconds before its epoch.'],
      says(startMillis - skewMillis - 1),
    ),
    refused(
      'says-too-late',
      ['epoch-mismatch', 'Made a millisecond later than 300 seconds after its epoch.'],
      says(end + skewMillis + 1),
    ),
    refused(
      'epoch-before-age',
      ['epoch-mismatch', 'It is of another epoch and too old: that it is of another epoch comes first.'],
      {
        ...says(end + skewMillis + 1),
        now_millis: end + 10 * skewMillis,
      },
    ),
  ];
}

/** Of the receiver's clock. */
function ages(): readonly BatchRow[] {
  const at = (now_millis: number): ReceivedInput => ({ ...sentBatch(), now_millis });
  const told = (row: BatchRow): BatchRow => ({ ...row, maxAgeMillis: 60_000 });
  return [
    valid('age-oldest', 'It arrives 300 seconds after it was made.', at(sentMillis + skewMillis)),
    valid(
      'age-future',
      'It arrives 300 seconds before it was made: clocks differ.',
      at(sentMillis - skewMillis),
    ),
    refused(
      'age-too-old',
      ['replay', 'It arrives a millisecond later than 300 seconds after it was made.'],
      at(sentMillis + skewMillis + 1),
    ),
    refused(
      'age-too-early',
      ['replay', 'It arrives a millisecond earlier than 300 seconds before it was made.'],
      at(sentMillis - skewMillis - 1),
    ),
    told(
      valid(
        'age-told',
        'It is as old as the receiver was told that a retry can be.',
        at(sentMillis + 60_000),
      ),
    ),
    told(
      refused(
        'age-told-too-old',
        ['replay', 'It is a millisecond older than the receiver was told.'],
        at(sentMillis + 60_001),
      ),
    ),
    told(
      refused(
        'age-told-too-early',
        ['replay', 'It is from further in the future than the receiver was told.'],
        at(sentMillis - 60_001),
      ),
    ),
  ];
}
