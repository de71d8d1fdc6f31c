import { verdictsOf } from './implementation.js';
import { plainRing } from './key-ring-input.js';
import { requestInput, requestOf } from './request-input.js';
import { spelledNumber } from './seal-letters.js';
import { type SealParts, sealParts } from './seal-parts.js';
import { plainItem, sealedBy, sealerOf, withSeal } from './sealed-span.js';
import { sealTextOf } from './span-steps.js';
import type { VectorCase, VectorFile } from './vector-file.js';

export interface SealTextInput {
  readonly text: string;
}

export type SealTextExpected =
  | { readonly parts: SealParts }
  | { readonly refused: 'malformed' | 'unsupported-version' };

type SealTextCase = VectorCase<SealTextInput, SealTextExpected>;

const malformed: SealTextExpected = { refused: 'malformed' };
const otherVersion: SealTextExpected = { refused: 'unsupported-version' };
const sealed = sealTextOf(sealedBy(sealerOf(), plainItem));

/** Places of the parts. */
const place = {
  kid: 1,
  realmTag: 2,
  stream: 3,
  epoch: 4,
  seq: 5,
  marks: 6,
  attributes: 7,
  tail: 8,
  sections: 9,
  mac: 10,
};

export function sealTextVectors(): VectorFile {
  return {
    topic: 'seal-text',
    about:
      'The text of a seal by itself, before any key: its parts, or what it is refused as. Bytes are in hexadecimal. No MAC has to hold.',
    cases: [...positive(), ...spellings(), ...kids(), ...versions(), ...shapes()],
  };
}

/** What this implementation says of a text, when it stands on a span. */
export function sealTextOutcome({ text }: SealTextInput): SealTextExpected {
  const request = requestInput(requestOf([withSeal(plainItem, text)]));
  const verdict = verdictsOf({ key_ring: plainRing, request }).spans[0]?.verdict;
  if (verdict === 'malformed' || verdict === 'unsupported-version') return { refused: verdict };
  return { parts: sealParts(text) };
}

/** The text of the sealer with another part. */
function withPart(at: number, part: string): string {
  return sealed
    .split('~')
    .map((old, index) => (index === at ? part : old))
    .join('~');
}

function part(at: number): string {
  return sealed.split('~')[at] ?? '';
}

function accepted(id: string, says: string, text: string): SealTextCase {
  return { id, kind: 'positive', says, input: { text }, expected: { parts: sealParts(text) } };
}

function refused(id: string, says: string, text: string): SealTextCase {
  return { id, kind: 'negative', says, input: { text }, expected: malformed };
}

function positive(): readonly SealTextCase[] {
  const number = (id: string, says: string, [at, value]: readonly [number, number]): SealTextCase =>
    accepted(id, says, withPart(at, spelledNumber(value)));
  return [
    accepted('sealed', 'A text as a sealer writes it.', sealed),
    number('epoch-largest', 'The largest epoch, 1,048,575.', [place.epoch, 1_048_575]),
    number('seq-largest', 'The largest number, 9,007,199,254,740,991.', [place.seq, Number.MAX_SAFE_INTEGER]),
    number('seq-32', '32 takes two letters.', [place.seq, 32]),
    number('marks-all', 'All ten marks.', [place.marks, 1_023]),
    number('attributes-largest', 'The largest number of attributes.', [
      place.attributes,
      Number.MAX_SAFE_INTEGER,
    ]),
    accepted(
      'bytes-ones',
      'Bytes with all bits set; the unused bits of the last letter are zero.',
      withPart(place.realmTag, 'PPPv'),
    ),
  ];
}

function spellings(): readonly SealTextCase[] {
  const number = (id: string, says: string, [at, text]: readonly [number, string]): SealTextCase =>
    refused(`number-${id}`, says, withPart(at, text));
  const lengths = (['realmTag', 'stream', 'tail', 'sections', 'mac'] as const).flatMap((name) => [
    refused(`short-${name}`, 'Bytes with a letter less.', withPart(place[name], part(place[name]).slice(1))),
    refused(`long-${name}`, 'Bytes with a letter more.', withPart(place[name], `b${part(place[name])}`)),
    refused(`empty-${name}`, 'No bytes.', withPart(place[name], '')),
  ]);
  const unused = (['realmTag', 'stream', 'tail', 'mac'] as const).map((name) =>
    refused(
      `unused-${name}`,
      'An unused bit of the last letter is set: a second spelling.',
      withPart(place[name], `${part(place[name]).slice(0, -1)}P`),
    ),
  );
  return [
    number('empty', 'A number without a letter.', [place.epoch, '']),
    number('leading-zero', 'A number with a zero in front: a second spelling.', [place.seq, 'bc']),
    number('zeros', 'Zero in two letters.', [place.seq, 'bb']),
    number('digits', 'A number in digits.', [place.seq, '10']),
    number('epoch-too-large', 'Epoch 1,048,576.', [place.epoch, spelledNumber(1_048_576)]),
    number('seq-too-large', 'A number above 2⁵³ − 1.', [place.seq, spelledNumber(2 ** 53)]),
    number('seq-very-large', 'A number of a hundred letters.', [place.seq, 'c'.repeat(100)]),
    number('marks-unknown', 'A mark that nobody knows: bit 10.', [place.marks, spelledNumber(1_024)]),
    ...lengths,
    ...unused,
    refused('letter-vowel', 'A vowel is no letter of seals.', withPart(place.realmTag, 'abbb')),
    refused('letter-y', 'y is no letter of seals.', withPart(place.realmTag, 'ybbb')),
    refused('letter-capital', 'Q is no letter of seals.', withPart(place.realmTag, 'Qbbb')),
    refused('letter-fullwidth', 'A letter that looks like one of seals.', withPart(place.realmTag, 'ｂbbb')),
  ];
}

function kids(): readonly SealTextCase[] {
  const good = (id: string, says: string, kid: string): SealTextCase =>
    accepted(`kid-${id}`, says, withPart(place.kid, kid));
  const bad = (id: string, says: string, kid: string): SealTextCase =>
    refused(`kid-${id}`, says, withPart(place.kid, kid));
  return [
    good('letter', 'A kid of one letter.', 'k'),
    good('digit', 'A kid of one digit.', '0'),
    good('longest', 'A kid of 32 characters.', `K${'-_'.repeat(15)}9`),
    good('eight-digits', 'A kid with eight digits in a row, twice.', 'k12345678-12345678'),
    bad('empty', 'No kid.', ''),
    bad('hyphen', 'A kid that begins with a hyphen.', '-k'),
    bad('underscore', 'A kid that begins with an underscore.', '_k'),
    bad('too-long', 'A kid of 33 characters.', 'k'.repeat(33)),
    bad('nine-digits', 'A kid with nine digits in a row.', 'k-123456789'),
    bad('dot', 'A kid with a dot.', 'k.1'),
    bad('not-ascii', 'A kid with a letter beyond A to Z.', 'ké'),
    bad('other-digits', 'A kid with digits of another script.', 'k\u0662'),
    bad('line-break', 'A kid with a line break behind it.', 'k-1\n'),
  ];
}

function versions(): readonly SealTextCase[] {
  const later = (id: string, says: string, text: string): SealTextCase => ({
    ...refused(`version-${id}`, says, text),
    expected: otherVersion,
  });
  return [
    later('2', 'Another version, with parts that nobody knows.', '2~whatever'),
    later('0', 'Version 0.', withPart(0, '0')),
    later('01', 'Digits that are not `1`.', withPart(0, '01')),
    later('999', 'The largest version.', withPart(0, '999')),
    later('alone', 'A version and nothing else.', '2'),
    later('longest', 'Another version in 256 characters.', `2~${'x'.repeat(254)}`),
    later(
      'longest-astral',
      'The length is that in code units of UTF-16: 256 of them.',
      `2~${'\u{1f600}'.repeat(127)}`,
    ),
    refused(
      'version-too-long',
      'Another version in 257 characters: the length comes first.',
      `2~${'x'.repeat(255)}`,
    ),
    refused(
      'version-too-long-astral',
      'The length is that in code units of UTF-16: 258 of them.',
      `2~${'\u{1f600}'.repeat(128)}`,
    ),
    refused('version-1000', 'Four digits are no version.', withPart(0, '1000')),
    refused('version-empty', 'No version.', withPart(0, '')),
    refused('version-sign', 'A version with a sign.', withPart(0, '+2')),
    refused('version-blank', 'A version with a blank in front.', withPart(0, ' 2')),
    refused('version-other-digits', 'Digits of another script are no version.', withPart(0, '\u0662')),
  ];
}

function shapes(): readonly SealTextCase[] {
  return [
    refused('empty', 'An empty text.', ''),
    refused('one', 'The version alone.', '1'),
    refused('part-missing', 'Ten parts.', sealed.split('~').slice(0, -1).join('~')),
    refused('part-more', 'Twelve parts.', `${sealed}~`),
    refused('blank-behind', 'A blank behind it.', `${sealed} `),
    refused('line-break-behind', 'A line break behind it.', `${sealed}\n`),
    refused('other-separator', 'Dots between the parts.', sealed.replaceAll('~', '.')),
    refused('words', 'A text that is no seal.', 'REDACTED'),
  ];
}
