import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkInclusion, type SpanInclusion } from '@spanseal/seal';
import { anchoredFile, spanId } from './anchored-file.js';
import { realm, secret, spanseal, spansealHere } from './spanseal.js';

const key = ['--key', secret, '--realm', realm];

test('spanseal prove prints a proof that holds without a key', () => {
  const { code, stdout, stderr } = spanseal(['prove', anchoredFile(), '--span', spanId(3), ...key]);
  expect([code, stderr]).toEqual([0, '']);
  const proof = JSON.parse(stdout) as SpanInclusion;
  expect(proof).toMatchObject({ spanId: spanId(3), seq: 3, index: 3, size: 5 });
  expect(checkInclusion(proof)).toBe(true);
  expect(checkInclusion({ ...proof, seq: 2 })).toBe(false);
});

test('spanseal prove takes a checkpoint that a witness kept', async () => {
  const file = anchoredFile({ checkpoint: false });
  const witness = join(dirname(file), 'witness');
  const args = ['prove', file, '--span', spanId(3), '--checkpoints', witness, ...key];
  const { code, stdout } = await spansealHere(args);
  expect([code, checkInclusion(JSON.parse(stdout) as SpanInclusion)]).toEqual([0, true]);
});

test.each([
  ['no span that verifies', spanId(9), {}],
  ['no checkpoint', spanId(3), { checkpoint: false }],
  ['some are not in these files', spanId(3), { leaves: [1, 2, 3] }],
])('spanseal prove says why there is no proof: %s', async (reason, span, options) => {
  const { code, stdout, stderr } = await spansealHere([
    'prove',
    anchoredFile(options),
    '--span',
    span,
    ...key,
  ]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
});

test.each([
  ['--span: expected 16 hexadecimal digits, got none', []],
  ['--span: expected 16 hexadecimal digits, got something else', ['--span', secret]],
  ['FILE: expected at least one file', ['--span', spanId(0)]],
])('spanseal prove refuses what it cannot use: %s', async (message, args) => {
  const { code, stderr } = await spansealHere(['prove', ...args, ...key]);
  expect(code).toBe(3);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(secret);
});
