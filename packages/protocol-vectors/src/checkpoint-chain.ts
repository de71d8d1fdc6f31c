import { checkpointItem } from './checkpoint-item.js';
import { type CheckpointParts, checkpointSteps, checkpointTextSaying } from './checkpoint-steps.js';
import { verdictsOf } from './implementation.js';
import { hs256Key, type KeyRingInput, plainRing, realm } from './key-ring-input.js';
import { requestInput, requestOf } from './request-input.js';
import { sealerOf, startMillis } from './sealed-span.js';
import type { VectorCase, VectorFile } from './vector-file.js';

export interface ChainInput {
  readonly key_ring: KeyRingInput;
  /** Texts of checkpoints of one stream, in the order in which they came. */
  readonly texts: readonly string[];
}

/** The verdict on the stream. */
export interface ChainExpected {
  readonly verdict: string;
}

type ChainCase = VectorCase<ChainInput, ChainExpected>;

export function checkpointChainVectors(): VectorFile {
  return {
    topic: 'checkpoint-chain',
    about:
      'Checkpoints of one stream, each about no spans, and the verdict on the stream of a verifier that is told no time.',
    cases: [...whole(), ...broken()],
  };
}

export function chainVerdict({ key_ring, texts }: ChainInput): ChainExpected {
  const request = requestInput(requestOf(texts.map(checkpointItem)));
  return { verdict: verdictsOf({ key_ring, request }).streams[0]?.verdict ?? 'none' };
}

/** So many checkpoints, the last one with the end. Another pace makes another history of the same stream. */
function chain(length: number, paceMillis = 1_000): readonly string[] {
  const sealer = sealerOf({ checkpoints: true });
  return Array.from({ length }, (_, place) => {
    const nowMillis = startMillis + (place + 1) * paceMillis;
    return sealer.checkpoint({ nowMillis, end: place === length - 1 })[0]?.text ?? '';
  });
}

/** The text with other parts, under the key. */
function saying(text: string | undefined, says: Partial<CheckpointParts>): string {
  return checkpointTextSaying(text ?? '', { by: { key: hs256Key, realm }, says });
}

function caseOf(id: string, [verdict, says]: readonly [string, string], texts: readonly string[]): ChainCase {
  const kind = verdict === 'complete' ? 'positive' : 'negative';
  return { id, kind, says, input: { key_ring: plainRing, texts }, expected: { verdict } };
}

function whole(): readonly ChainCase[] {
  const three = chain(3);
  const [first = '', second = ''] = three;
  return [
    caseOf('one', ['complete', 'One checkpoint, with the end.'], chain(1)),
    caseOf('three', ['complete', 'Three, each with the hash of the one before.'], three),
    caseOf('other-order', ['complete', 'In another order.'], [...three].reverse()),
    caseOf('sent-again', ['complete', 'Each of them twice.'], [...three, ...three]),
    caseOf(
      'with-invalid',
      ['complete', 'One that does not verify counts for nothing.'],
      [...three, first.replace(/.$/, (letter) => (letter === 'b' ? 'v' : 'b'))],
    ),
    caseOf('no-end', ['truncated', 'No end.'], [first, second]),
  ];
}

function broken(): readonly ChainCase[] {
  const three = chain(3);
  const [first, second, third] = three;
  const other = chain(3, 2_000);
  const end = saying(first, { end: 1 });
  const hash = '11'.repeat(16);
  const of = (...texts: readonly (string | undefined)[]): readonly string[] =>
    texts.map((text) => text ?? '');
  return [
    caseOf('gap', ['missing', 'The second one is not there.'], of(first, third)),
    caseOf('first-missing', ['missing', 'The first one is not there.'], of(second, third)),
    caseOf('two-histories', ['fork', 'Two different ones have one number.'], [...three, ...other]),
    caseOf(
      'two-histories-later',
      ['fork', 'The third one is of another history, and does not say the hash of the second.'],
      of(first, second, other[2]),
    ),
    caseOf(
      'other-history-behind-gap',
      ['missing', 'Behind a gap nobody can tell another history.'],
      of(first, other[2]),
    ),
    caseOf(
      'previous',
      ['fork', 'The second one says another hash.'],
      of(first, saying(second, { previous: hash })),
    ),
    caseOf(
      'first-previous',
      ['fork', 'Number 0 says the hash of another one.'],
      [saying(end, { previous: hash })],
    ),
    caseOf('first-seq', ['fork', 'Number 0 begins at seq 1.'], [saying(end, { first_seq: 1 })]),
    caseOf(
      'seq-gap',
      ['fork', 'The second one begins at seq 1, where the first one ends at 0.'],
      of(first, saying(second, { first_seq: 1 })),
    ),
    caseOf(
      'time-gap',
      ['fork', 'The second one begins a second after the first one ends.'],
      of(first, saying(second, { from_millis: startMillis + 2_000 })),
    ),
    caseOf(
      'time-back',
      ['fork', 'Behind a gap, one begins before an earlier one ends.'],
      of(first, saying(third, { from_millis: startMillis })),
    ),
    caseOf(
      'time-turned',
      ['fork', 'It ends before it begins.'],
      [saying(end, { from_millis: startMillis + 2_000 })],
    ),
    caseOf('after-end', ['fork', 'One follows the end.'], of(end, followingOf(end, second))),
  ];
}

/** The second checkpoint as if it followed that one. */
function followingOf(text: string, second: string | undefined): string {
  const { hash } = checkpointSteps(text, { key: hs256Key, realm });
  return saying(second, { previous: hash });
}
