import type { CheckpointOptions, Loss } from '@spanseal/seal';
import { checkpointItem } from './checkpoint-item.js';
import {
  type CheckpointParts,
  type CheckpointSteps,
  checkpointSteps,
  checkpointTextSaying,
} from './checkpoint-steps.js';
import { verdictsOf } from './implementation.js';
import { hs256Key, hs512Key, type KeyRingInput, otherSecret, plainRing, realm } from './key-ring-input.js';
import { requestInput, requestOf } from './request-input.js';
import { spelledBytes, spelledNumber, spelledOutBytes, spelledOutNumber } from './seal-letters.js';
import { epochMillis, plainItem, plainSpan, sealerOf, startMillis, withSpan } from './sealed-span.js';
import type { VectorCase, VectorFile } from './vector-file.js';

export interface CheckpointInput {
  readonly key_ring: KeyRingInput;
  readonly text: string;
}

/** The verdict on the text by itself, with the steps to its MAC and its note where the MAC holds. */
export interface CheckpointTextExpected {
  readonly verdict: string;
  readonly steps?: CheckpointSteps;
}

type CheckpointCase = VectorCase<CheckpointInput, CheckpointTextExpected>;

export function checkpointVectors(): VectorFile {
  return {
    topic: 'checkpoint',
    about:
      'The text of a checkpoint by itself, and the verdict on it. steps are how its MAC comes about, where it holds: message is what the MAC is over, hash what the next checkpoint says of this one, note the note with the signature line of the MAC.',
    cases: [...positive(), ...changedParts(), ...shapes(), ...statements(), ...keys()],
  };
}

/** What this implementation says of a text, when it travels in a checkpoint span. */
export function checkpointOutcome({ key_ring, text }: CheckpointInput): CheckpointTextExpected {
  const request = requestInput(requestOf([checkpointItem(text)]));
  const verdict = verdictsOf({ key_ring, request }).checkpoints[0]?.findings[0] ?? 'valid';
  const key = key_ring.keys.find(({ id }) => id === text.split('~')[1]);
  if (verdict !== 'valid' || key === undefined) return { verdict };
  return { verdict, steps: checkpointSteps(text, { key, realm: key_ring.realm }) };
}

interface Signed {
  readonly ring?: KeyRingInput;
  readonly spans?: number;
  readonly options?: Partial<CheckpointOptions>;
}

/** The texts of two checkpoints of a stream: one about nothing, then one about so many spans. */
function signed({ ring = plainRing, spans = 3, options = {} }: Signed = {}): readonly [string, string] {
  const sealer = sealerOf({ ring, checkpoints: true });
  const texts = sealer.checkpoint({ nowMillis: startMillis + 1 }).map((one) => one.text);
  const nowMillis = options.nowMillis ?? startMillis + 2_000;
  for (let place = 0; place < spans; place += 1)
    sealer.seal(withSpan(plainItem, plainSpan(place)), nowMillis);
  const made = sealer.checkpoint({ ...options, nowMillis });
  const [last] = made.slice(-1);
  if (last === undefined || texts[0] === undefined) throw new Error('the sealer made no checkpoint');
  const key = ring.keys[0] ?? hs256Key;
  const steps = checkpointSteps(last.text, { key, realm: ring.realm });
  if (steps.note !== last.note) throw new Error("the steps lead to another note than the sealer's");
  return [texts[0], last.text];
}

function valid(id: string, [says, ring = plainRing]: ValidCase, text: string): CheckpointCase {
  const key = ring.keys[0] ?? hs256Key;
  const expected = { verdict: 'valid', steps: checkpointSteps(text, { key, realm: ring.realm }) };
  return { id, kind: 'positive', says, input: { key_ring: ring, text }, expected };
}

/** What it says, and the ring when it is another. */
type ValidCase = readonly [says: string, ring?: KeyRingInput];

function refused(id: string, [verdict, says]: readonly [string, string], text: string): CheckpointCase {
  return { id, kind: 'negative', says, input: { key_ring: plainRing, text }, expected: { verdict } };
}

function positive(): readonly CheckpointCase[] {
  const hs512: KeyRingInput = { realm, keys: [hs512Key] };
  const losses: readonly Loss[] = [
    { reason: 'export-failed', first: 0, count: 2 },
    { reason: 'dropped', first: 2, count: 1 },
  ];
  const eight = Array.from(
    { length: 8 },
    (_, place): Loss => ({ reason: 'dropped', first: 2 * place, count: 1 }),
  );
  const nowMillis = startMillis + 682 * epochMillis + 5;
  const [first, second] = signed();
  return [
    valid(
      'first',
      [
        'The first checkpoint of a stream, about no spans: no trace tags, and sixteen zero bytes as what was before.',
      ],
      first,
    ),
    valid('second', ['The second one, about three spans, with the hash of the first.'], second),
    valid(
      'hs512',
      ['A checkpoint under HMAC-SHA-512; the hash of the one before is SHA-256.', hs512],
      signed({ ring: hs512 })[1],
    ),
    valid('longest', ['A checkpoint about 128 spans.'], signed({ spans: 128 })[1]),
    valid('end', ['The last one of its stream.'], signed({ options: { end: true } })[1]),
    valid('unsealed', ['Spans that were never sealed.'], signed({ options: { unsealed: 77 } })[1]),
    valid('losses', ['Losses of both reasons.'], signed({ options: { losses } })[1]),
    valid(
      'losses-eight',
      ['Eight losses, the most that one checkpoint has.'],
      signed({ spans: 16, options: { losses: eight } })[1],
    ),
    valid('epoch-682', ['A checkpoint in epoch 682.'], signed({ options: { nowMillis } })[1]),
  ];
}

/** Each part of the text changed, by itself. */
function changedParts(): readonly CheckpointCase[] {
  const text = signed({ options: { losses: [{ reason: 'dropped', first: 0, count: 1 }] } })[1];
  const part = (
    place: number,
    [id, verdict]: readonly [string, string],
    change: (part: string) => string,
  ): CheckpointCase => {
    const parts = text.split('~');
    parts[place] = change(parts[place] ?? '');
    return refused(`text-${id}`, [verdict, `The part ${id} of the text was changed.`], parts.join('~'));
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
    part(4, ['number', 'invalid'], number),
    part(5, ['epoch', 'invalid'], number),
    part(6, ['first-seq', 'invalid'], number),
    part(7, ['count', 'malformed'], number),
    part(8, ['from-millis', 'invalid'], time),
    part(9, ['to-millis', 'invalid'], time),
    part(10, ['root', 'invalid'], bytes),
    part(11, ['previous', 'invalid'], bytes),
    part(12, ['end', 'invalid'], number),
    part(13, ['unsealed', 'invalid'], number),
    part(14, ['losses', 'invalid'], (old) => old.replace('c', 'b')),
    part(14, ['losses-none', 'invalid'], () => ''),
    part(15, ['trace-tags', 'invalid'], bytes),
    part(16, ['mac', 'invalid'], bytes),
  ];
}

function shapes(): readonly CheckpointCase[] {
  const text = signed()[1];
  const malformed = (id: string, says: string, given: string): CheckpointCase =>
    refused(id, ['malformed', says], given);
  const other = (id: string, says: string, given: string): CheckpointCase =>
    refused(id, ['unsupported-version', says], given);
  const part = (place: number, given: string): string =>
    text
      .split('~')
      .map((old, index) => (index === place ? given : old))
      .join('~');
  return [
    malformed('empty', 'An empty text.', ''),
    malformed('part-missing', 'Sixteen parts.', text.split('~').slice(0, -1).join('~')),
    malformed('part-more', 'Eighteen parts.', `${text}~`),
    malformed('losses-two-numbers', 'A loss of two numbers.', part(14, 'b_c')),
    malformed('losses-open', 'A list of losses that goes on.', part(14, 'b_c_c_')),
    malformed('trace-tags-short', 'Fewer trace tags than spans.', part(15, '')),
    malformed('end-two', 'An end that is neither 0 nor 1.', part(12, 'd')),
    malformed(
      'too-long',
      'A text of 2,041 characters, of another version: the length comes first.',
      `2~${'x'.repeat(2_039)}`,
    ),
    other('other-version', 'Another version, with parts that nobody knows.', '2~whatever'),
    other('other-version-longest', 'Another version in 2,040 characters.', `2~${'x'.repeat(2_038)}`),
  ];
}

/** What only a holder of the key can write, since no sealer says it. */
function statements(): readonly CheckpointCase[] {
  const by = { key: hs256Key, realm };
  const text = signed()[1];
  const saying = (says: Partial<CheckpointParts>): string => checkpointTextSaying(text, { by, says });
  const malformed = (id: string, why: string, says: Partial<CheckpointParts>): CheckpointCase =>
    refused(`says-${id}`, ['malformed', why], saying(says));
  const loss = { reason: 0, first_seq: 0, count: 1 };
  const end = startMillis + epochMillis;
  return [
    malformed('loss-of-none', 'A loss of no spans.', { losses: [{ ...loss, count: 0 }] }),
    malformed('loss-reason', 'A reason that nobody knows.', { losses: [{ ...loss, reason: 2 }] }),
    malformed('losses-nine', 'Nine losses.', { losses: Array.from({ length: 9 }, () => loss) }),
    malformed('count-129', 'A checkpoint about 129 spans.', { count: 129, trace_tags: '00'.repeat(6 * 129) }),
    malformed('epoch-too-large', 'Epoch 1,048,576.', { epoch: 1_048_576 }),
    malformed('seq-too-large', 'A last seq above 2⁵³ − 1.', { first_seq: Number.MAX_SAFE_INTEGER - 2 }),
    valid(
      'says-seq-largest',
      ['The last seq there can be.'],
      saying({ first_seq: Number.MAX_SAFE_INTEGER - 3 }),
    ),
    valid(
      'says-loss-largest',
      ['A loss of the largest seq: what is bounded beside the numbers is the last seq of the checkpoint.'],
      saying({ losses: [{ ...loss, first_seq: Number.MAX_SAFE_INTEGER }] }),
    ),
    valid('says-number-largest', ['The largest number.'], saying({ number: Number.MAX_SAFE_INTEGER })),
    valid(
      'says-earliest',
      ['Made 300 seconds before its epoch.'],
      saying({ to_millis: startMillis - epochMillis }),
    ),
    valid('says-latest', ['Made 300 seconds after its epoch.'], saying({ to_millis: end + epochMillis })),
    refused(
      'says-too-early',
      ['epoch-mismatch', 'Made a millisecond earlier than 300 seconds before its epoch.'],
      saying({ to_millis: startMillis - epochMillis - 1 }),
    ),
    refused(
      'says-too-late',
      ['epoch-mismatch', 'Made a millisecond later than 300 seconds after its epoch.'],
      saying({ to_millis: end + epochMillis + 1 }),
    ),
  ];
}

function keys(): readonly CheckpointCase[] {
  const text = signed()[1];
  const under = (
    id: string,
    [verdict, says]: readonly [string, string],
    ring: KeyRingInput,
  ): CheckpointCase => ({
    ...refused(`key-${id}`, [verdict, says], text),
    input: { key_ring: ring, text },
  });
  const revoked = (millis: number): KeyRingInput => ({
    realm,
    keys: [{ ...hs256Key, revoked_from_millis: millis }],
  });
  const end = startMillis + epochMillis;
  return [
    under('unknown', ['unknown-key', 'The key is not on the ring.'], {
      realm,
      keys: [{ ...hs256Key, id: 'k-2' }],
    }),
    under('other-realm', ['wrong-realm', 'The checkpoint is for another realm.'], {
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
      ...valid('key-revoked-later', ['The key was revoked at the end of the epoch.'], text),
      input: { key_ring: revoked(end), text },
    },
  ];
}
