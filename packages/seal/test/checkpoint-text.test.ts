import { describe, expect, test } from '@jest/globals';
import { carrying, verify } from './anchored-stream.js';
import { counter, type ForgedCheckpoint, forgeCheckpoint, stolenKey, streamId } from './forger.js';
import { startMillis } from './sealed-request.js';

const stream = streamId(7);
const largest = 2 ** 53 - 1;

/** The verdicts on a checkpoint that says this, with the right MAC, after a change of its text. */
function verdicts(
  said: Partial<ForgedCheckpoint>,
  edit: (parts: string[]) => void = () => undefined,
): string[] {
  const { epoch = 0 } = said;
  const toMillis = startMillis + 300_000 * epoch;
  const key = stolenKey('checkpoint', { stream, epoch });
  const parts = forgeCheckpoint(key, { stream, epoch, toMillis, end: true, ...said }).split('~');
  edit(parts);
  const { findings } = verify([carrying([{ text: parts.join('~') }] as never)]);
  return findings.map(({ verdict }) => verdict);
}

const spans = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    mac: Buffer.alloc(16, at),
    traceId: at.toString(16).padStart(32, '0'),
  }));
const losses = (count: number) => Array.from({ length: count }, (_, at) => [at % 2, 10 * at, 1] as const);

describe('the text of a checkpoint', () => {
  test('may say the most that there is, and no more', () => {
    expect(verdicts({})).toEqual([]);
    expect(verdicts({ spans: spans(128) })).toEqual(['missing']);
    expect(verdicts({ spans: spans(129) })).toEqual(['malformed']);
    expect(verdicts({ losses: losses(8) })).toEqual([]);
    expect(verdicts({ losses: losses(9) })).toEqual(['malformed']);
    expect(verdicts({ epoch: 2 ** 20 - 1 })).toEqual([]);
    expect(verdicts({}, (parts) => void (parts[5] = counter(2 ** 20)))).toEqual(['malformed']);
    expect(verdicts({ number: largest })).toContain('missing');
    expect(verdicts({ first: largest - 1, spans: spans(1) })).not.toContain('malformed');
    expect(verdicts({ first: largest, spans: spans(1) })).toEqual(['malformed']);
    expect(verdicts({ unsealed: largest })).toEqual(['declared-loss']);
  });

  test('may say losses of the two reasons, each of at least one span', () => {
    expect(verdicts({ losses: [[1, 0, 1]] })).toEqual([]);
    expect(verdicts({ losses: [[2, 0, 1]] })).toEqual(['malformed']);
    expect(verdicts({ losses: [[0, 0, 0]] })).toEqual(['malformed']);
    for (const text of ['b', 'b_b', 'b_b_c_b', '_', 'b_b_', '_b_c', 'b__c', 'x_b_c', 'b_b_c_'])
      expect([text, verdicts({}, (parts) => void (parts[14] = text))]).toEqual([text, ['malformed']]);
  });

  test('says an end or none, and nothing between', () => {
    expect(verdicts({ end: false })).toEqual(['truncated']);
    expect(verdicts({}, (parts) => void (parts[12] = 'd'))).toEqual(['malformed']);
  });

  test('has each part, and each as long as it is', () => {
    for (let part = 1; part < 17; part += 1) {
      const shorter = verdicts({ spans: spans(1) }, (parts) => void (parts[part] = ''));
      expect([part, shorter[0]]).toEqual([part, part === 14 ? 'missing' : 'malformed']);
      const longer = verdicts({ spans: spans(1) }, (parts) => void (parts[part] = `${parts[part]}~b`));
      expect([part, longer[0]]).toEqual([part, 'malformed']);
      const other = verdicts({ spans: spans(1) }, (parts) => void (parts[part] = `${parts[part]}!`));
      expect([part, other[0]]).toEqual([part, 'malformed']);
    }
    for (const part of [2, 3, 10, 11, 15, 16])
      expect(verdicts({ spans: spans(1) }, (parts) => void (parts[part] = `${parts[part]}b`))).toEqual([
        'malformed',
      ]);
    expect(verdicts({}, (parts) => void parts.pop())).toEqual(['malformed']);
    expect(verdicts({}, (parts) => void parts.push('b'))).toEqual(['malformed']);
  });

  test('is of a version that is known, or of a later one', () => {
    const of = (version: string): string[] => verdicts({}, (parts) => void (parts[0] = version));
    expect([of('2'), of('999'), of('0')]).toEqual(Array(3).fill(['unsupported-version']));
    expect([of('1000'), of(''), of('x'), of('1x'), of('x1')]).toEqual(Array(5).fill(['malformed']));
    const long = (length: number): string[] =>
      verdicts({}, (parts) => void parts.splice(0, parts.length, '2', 'b'.repeat(length - 2)));
    expect([long(2040), long(2041)]).toEqual([['unsupported-version'], ['malformed']]);
  });
});
