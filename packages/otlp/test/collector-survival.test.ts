import { describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, OtlpError, parseTraceRequest, type TraceRequest } from '../src/index.js';
import { canonicalLines } from './requests.js';
import { refusedCodes } from './survival-refusals.js';
import { bytesOf, loadVectors, type RecordedText, type SurvivalCase } from './vectors.js';

/** What the redaction processor changes, as it was told to: a message key, the ARN of a secret, a card, …. */
const redacted = [
  'redact-keys',
  'redact-values',
  'ordinary-11',
  'ordinary-29',
  'ordinary-45',
  'ordinary-47',
  'trace-03',
  'trace-12',
];

const cases = loadVectors<SurvivalCase>('collector-survival');

function readExit(name: string, recorded: RecordedText): TraceRequest {
  if (!name.endsWith('Proto')) return parseTraceRequest(bytesOf(recorded));
  return decodeTraceRequest(Buffer.from(typeof recorded === 'string' ? recorded : '', 'base64'));
}

/** An exit may split a request and cut its order; the spans are the same. */
const sorted = (request: TraceRequest) => canonicalLines(request).sort();

describe('Through a real Collector', () => {
  test('there are enough cases', () => {
    expect(cases).toHaveLength(166);
    expect(cases.filter(({ id }) => !refusedCodes.has(id))).toHaveLength(138);
  });

  test.each(cases.filter(({ id }) => refusedCodes.has(id)))(
    'refused with its code: $id',
    ({ id, request }) => {
      let code: string | undefined;
      try {
        decodeTraceRequest(Buffer.from(request, 'base64'));
      } catch (error) {
        if (error instanceof OtlpError) code = error.code;
        else throw error;
      }
      expect(code).toBe(refusedCodes.get(id));
    },
  );

  test.each(cases.filter(({ id }) => !refusedCodes.has(id)))(
    'the canonical bytes survive every exit: $id',
    ({ id, request, exits = {} }) => {
      const before = sorted(decodeTraceRequest(Buffer.from(request, 'base64')));
      let compared = 0;
      for (const [name, recorded] of Object.entries(exits)) {
        if (recorded === null || (name.startsWith('redacted') && redacted.includes(id))) continue;
        expect([name, ...sorted(readExit(name, recorded))]).toEqual([name, ...before]);
        compared++;
      }
      expect(compared).toBeGreaterThanOrEqual(3);
    },
  );
});
