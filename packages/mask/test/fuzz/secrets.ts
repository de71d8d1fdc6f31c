import { PREFIX_FORMATS } from '../../src/detectors/api-token-formats.js';
import { INFIX_FORMATS } from '../../src/detectors/token-infix-formats.js';
import type { Random } from './random.js';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const ALPHANUMERIC = `${LOWER}${LOWER.toUpperCase()}0123456789`;
const BASE64 = `${ALPHANUMERIC}+/`;
const BASE64URL = `${ALPHANUMERIC}-_`;
const HEX = '0123456789abcdef';
const UPPER_BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const GAPS = ['', ' ', '-', '.', '+', '\u00a0', '%20', '  '];

/** What detectors find by its shape, whole or nearly so, and random words of all alphabets. */
export const SECRETS: readonly ((random: Random) => string)[] = [
  (random) => random.word(ALPHANUMERIC, 4, 24),
  (random) => random.word(LOWER, 1, 12),
  (random) => random.word(HEX, 32, 40),
  (random) => random.word(BASE64, 38, 42),
  (random) => random.word(BASE64URL, 20, 64),
  (random) => random.word('0123456789', 3, 20),
  (random) => `${random.pick(['AKIA', 'ASIA', 'ABIA', 'A3TX'])}${random.word(UPPER_BASE32, 15, 17)}`,
  (random) =>
    `eyJ${random.word(BASE64URL, 8, 20)}.eyJ${random.word(BASE64URL, 8, 20)}.${random.word(BASE64URL, 0, 20)}`,
  apiToken,
  apiToken,
  cardNumber,
  (random) =>
    `${random.pick(['DE', 'GB', 'FR', 'NO'])}${random.word('0123456789', 2)} ${random.word('0123456789', 4)} ${random.word('0123456789', 4)} ${random.word('0123456789', 6, 10)}`,
  () => 'DE89370400440532013000',
  (random) =>
    `${random.word(LOWER, 1, 8)}${random.pick(['@', '%40', '\\u0040'])}${random.word(LOWER, 1, 6)}.${random.pick(['com', 'org', 'example', 'c'])}`,
  (random) => ['123', '45', '6789'].join(random.pick(['-', ' ', '.', ''])),
  (random) =>
    `${random.pick(['+', '00', '('])}${random.word('0123456789', 2, 3)}${random.pick([' ', ')', '-', '.'])}${random.word('0123456789', 3, 9)}`,
  (random) => Array.from({ length: 4 }, () => random.int(300)).join('.'),
  (random) =>
    `-----BEGIN ${random.pick(['RSA ', 'EC ', '', 'OPENSSH '])}PRIVATE KEY-----\n${random.word(BASE64, 20, 64)}\n-----END PRIVATE KEY-----`,
  (random) =>
    `${random.pick(['Bearer', 'Basic', 'bearer', 'Digest', 'Token'])} ${random.word(BASE64, 4, 30)}`,
];

function apiToken(random: Random): string {
  if (random.once(8)) {
    const { infix } = random.pick(INFIX_FORMATS);
    return random.word(ALPHANUMERIC, 10, 30) + infix + random.word(ALPHANUMERIC, 10, 40);
  }
  const { prefix, body } = random.pick(PREFIX_FORMATS);
  const alphabet = [...BASE64URL].filter((character) => body[character.charCodeAt(0)] === 1).join('');
  return prefix + random.word(alphabet || HEX, 6, random.pick([10, 36, 64]));
}

/** Of four brands, with a Luhn digit that fits three times in four. */
function cardNumber(random: Random): string {
  const digits = `${random.pick(['4111', '5500', '3400', '6011'])}${random.word('0123456789', 11)}`;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weighted = Number(digits[index]) * (index % 2 === 0 ? 2 : 1);
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  const last = random.once(4) ? random.int(10) : (10 - (sum % 10)) % 10;
  return `${digits}${last}`.replace(/\d{4}(?=\d)/g, `$&${random.pick(GAPS)}`);
}
