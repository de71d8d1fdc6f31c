import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeBytes, decodeCounter, encodeBytes, encodeCounter } from '../src/consonants.js';
import { frame } from '../src/frame.js';
import { formatSeal as format, parseSeal, type SealParts, sealBeginning } from '../src/seal-text.js';

const formatSeal = (seal: SealParts): string => format(seal, seal.mac, sealBeginning(seal));

const parts = fc.record({
  keyId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/).filter((id) => !/[0-9]{9}/.test(id)),
  realmTag: fc.uint8Array({ minLength: 2, maxLength: 2 }),
  stream: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  epoch: fc.integer({ min: 0, max: 2 ** 20 - 1 }),
  seq: fc.maxSafeNat(),
  marks: fc.integer({ min: 0, max: 1023 }),
  attributes: fc.integer({ min: 0, max: 1023 }),
  tail: fc.uint8Array({ minLength: 12, maxLength: 12 }),
  sections: fc.uint8Array({ minLength: 10, maxLength: 10 }),
  mac: fc.uint8Array({ minLength: 16, maxLength: 16 }),
});

describe('the text of a seal', () => {
  test('reads back as what was written', () => {
    fc.assert(fc.property(parts, (seal) => expect(parseSeal(formatSeal(seal))).toEqual(seal)));
  });

  test('has one spelling: no other text reads as the same seal', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.stringMatching(/^[ -~]$/), (seal, place, letter) => {
        const text = formatSeal(seal);
        const at = place % text.length;
        const other = text.slice(0, at) + letter + text.slice(at + 1);
        const read = parseSeal(other);
        if (other !== text && typeof read === 'object') expect(formatSeal(read)).toBe(other);
      }),
    );
  });

  test('holds nothing that redaction rules look for, beside the key id', () => {
    const rules = [
      /\d{3}/,
      /eyJ/,
      /AKIA/,
      /sk-/,
      /[0-9a-f]{16}/,
      /[aeiou]/i,
      /[.@:/+=-]/,
      /pass|key|secret|token/i,
    ];
    fc.assert(
      fc.property(parts, (seal) => {
        const text = formatSeal({ ...seal, keyId: 'x' }).slice('1~x'.length);
        for (const rule of rules) expect(text).not.toMatch(rule);
      }),
    );
  });

  test('has at most 140 bytes with a key id of 16', () => {
    fc.assert(
      fc.property(parts, (seal) =>
        expect(formatSeal({ ...seal, keyId: 'x'.repeat(16) }).length).toBeLessThanOrEqual(140),
      ),
    );
  });

  test('takes any text without throwing, in bounded time', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseSeal(text)));
    expect(parseSeal('~'.repeat(10_000_000))).toBe('malformed');
    expect(parseSeal('1')).toBe('malformed');
    expect(parseSeal('9~')).toBe('unsupported-version');
  });

  test('is of a later version when a number of one to three digits stands first, and no more than 256 letters', () => {
    for (const version of ['0', '2', '10', '999'])
      expect([version, parseSeal(`${version}~x`)]).toEqual([version, 'unsupported-version']);
    for (const version of ['', '1000', 'x', '9x', 'x9', ' 2', '2\n', 'x999'])
      expect([version, parseSeal(`${version}~x`)]).toEqual([version, 'malformed']);
    expect(parseSeal(`9~${'x'.repeat(254)}`)).toBe('unsupported-version');
    expect(parseSeal(`9~${'x'.repeat(255)}`)).toBe('malformed');
  });

  test('is malformed with a number past what it can be, with a part too few or too many, or with an empty one', () => {
    fc.assert(
      fc.property(parts, (seal) => {
        const most = { ...seal, epoch: 2 ** 20 - 1, marks: 1023, seq: Number.MAX_SAFE_INTEGER };
        expect(parseSeal(formatSeal(most))).toEqual(most);
        expect(parseSeal(formatSeal({ ...seal, epoch: 2 ** 20 }))).toBe('malformed');
        expect(parseSeal(formatSeal({ ...seal, marks: 1024 }))).toBe('malformed');
        const texts = formatSeal({ ...seal, keyId: 'k-test' }).split('~');
        for (const at of texts.keys()) {
          const without = texts.filter((_, index) => index !== at);
          expect([at, parseSeal(without.join('~'))]).toEqual([at, 'malformed']);
          expect([at, parseSeal(texts.with(at, '').join('~'))]).toEqual([at, 'malformed']);
          expect([at, parseSeal(texts.slice(0, at).join('~'))]).toEqual([at, 'malformed']);
        }
        for (const more of ['~', '~b', `~${texts.at(-1)}`])
          expect(parseSeal(texts.join('~') + more)).toBe('malformed');
      }),
      { numRuns: 20 },
    );
  });

  test('is read as its own, whatever was read before it', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 2, maxLength: 6 }), fc.nat(), (seals, at) => {
        const texts = seals.map(formatSeal);
        // The same stream again, and one whose text only begins alike.
        for (const [index, text] of [...texts, ...texts].entries())
          expect(parseSeal(text)).toEqual(seals[index % seals.length]);
        const text = texts[at % texts.length] ?? '';
        const beginning = text.split('~').slice(0, 4).join('~');
        for (const cut of [beginning, `${beginning}~`, beginning.slice(0, -1)])
          expect(parseSeal(cut)).toBe('malformed');
        expect(parseSeal(text)).toEqual(seals[at % seals.length]);
      }),
      { numRuns: 20 },
    );
  });
});

test('bytes and counters read back, and only from their one spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(decodeBytes(encodeBytes(bytes), bytes.length)).toEqual(bytes);
      expect(decodeBytes(encodeBytes(bytes), bytes.length + 1)).toBeUndefined();
    }),
  );
  fc.assert(fc.property(fc.maxSafeNat(), (value) => expect(decodeCounter(encodeCounter(value))).toBe(value)));
  expect(encodeCounter(0)).toBe('b');
  for (const text of ['', 'bc', 'PPPPPPPPPPPP', 'PPPPPPPPPPP', 'a', '1'])
    expect(decodeCounter(text)).toBeUndefined();
  // The last letter carries four bits that must be zero: `c` sets one of them.
  expect(decodeBytes('bb', 1)).toEqual(new Uint8Array(1));
  expect(decodeBytes('bc', 1)).toBeUndefined();
});

test('no two tuples share a frame', () => {
  const part = fc.oneof(fc.string(), fc.maxSafeNat(), fc.uint8Array());
  const bytesOf = (value: string | number | Uint8Array) =>
    Buffer.from(frame([value]).subarray(8)).toString('hex');
  fc.assert(
    fc.property(fc.array(part), fc.array(part), (left, right) => {
      const same =
        left.length === right.length &&
        left.every((value, at) => bytesOf(value) === bytesOf(right[at] ?? ''));
      expect(Buffer.compare(frame(left), frame(right)) === 0).toBe(same);
    }),
  );
  expect(Buffer.from(frame(['a', 1])).toString('hex')).toBe(
    '00000002' + '00000001' + '61' + '00000008' + '0000000000000001',
  );
});
