import { NAMES, WORDS } from './names.js';
import type { Random } from './random.js';
import { SECRETS } from './secrets.js';
import { TEMPLATES } from './templates.js';

const KINDS = Object.values(TEMPLATES);
const DEEPEST = 3;
const SEPARATORS = [
  '',
  ' ',
  '\n',
  ',',
  ';',
  '&',
  ' | ',
  '\t',
  '"',
  "'",
  '=',
  ':',
  '\\n',
  '%20',
  '+',
  '/',
  '?',
  '\u0000',
  '\u200b',
  '\u00a0',
];
const INSERTS = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '\\"',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '=',
    ':',
    '://',
    '@',
    '&',
    '?',
    '/',
    '%',
    ';',
    ',',
    '#',
  ],
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\t',
    '\u0000',
    '\u001b[1m',
    '\u200b',
    '\u00ad',
    '\u202e',
    '\u2028',
    '\u00a0',
    '\u3000',
  ],
  ...[
    '****',
    '[gone]',
    '%',
    '%2',
    '%25',
    '%20',
    '%3D',
    '%22',
    '\\u',
    '\\u0022',
    '\\x41',
    '\ud800',
    '\udc00',
    '\u017f',
    '\u212a',
    '\uff10',
  ],
  ...['--', '-----', '..', '$', '$$', '/*', '*/', 'eyJ', '@', 'null', '<![CDATA[', ']]>'],
];

/** A text of a kind of content, mutated two times in three, and now and then long. */
export function fuzzText(random: Random): string {
  let text = grown(random, random.pick(random.pick(KINDS)), 0);
  if (random.once(6)) text += random.pick(SEPARATORS) + grown(random, random.pick(random.pick(KINDS)), 1);
  if (random.once(60)) text = text.padStart(text.length + random.int(400), `${random.pick(WORDS)} `);
  for (let left = random.int(3); left > 0; left -= 1) text = random.pick(MUTATIONS)(random, text);
  if (random.once(5000)) text = `${text}${random.pick(SEPARATORS)}`.repeat(20 + random.int(200));
  return text.slice(0, LONGEST);
}

const LONGEST = 5000;

function grown(random: Random, template: string, depth: number): string {
  return template.replace(/\$([nswdp])/g, (_, part: string) => {
    if (part === 'n') return random.pick(NAMES);
    if (part === 'w') return random.once(20) ? random.pick(NAMES) : random.pick(WORDS);
    if (part === 'd') return random.word('0123456789', 1, random.pick([1, 3, 8, 19]));
    if (part === 's') return random.once(12) ? random.pick(WORDS) : random.pick(SECRETS)(random);
    return depth >= DEEPEST ? random.pick(WORDS) : grown(random, random.pick(random.pick(KINDS)), depth + 1);
  });
}

const at = (random: Random, text: string): number => random.int(text.length + 1);

const MUTATIONS: readonly ((random: Random, text: string) => string)[] = [
  (random, text) => text.slice(0, at(random, text)),
  (random, text) => text.slice(at(random, text)),
  insert,
  insert,
  insert,
  (random, text) => {
    const from = at(random, text);
    return text.slice(0, from) + text.slice(from + 1 + random.int(6));
  },
  (random, text) => {
    const from = at(random, text);
    const piece = text.slice(from, from + random.int(12));
    return text.slice(0, from) + piece.repeat(1 + random.int(4)) + text.slice(from);
  },
  (random, text) => text.slice(0, at(random, text)) + grown(random, random.pick(random.pick(KINDS)), 1),
  (random, text) => (random.once(2) ? text.toUpperCase() : text.toLowerCase()),
  (_, text) => encodeURIComponent(text.toWellFormed()),
  (random, text) => everySome(random, text, (code) => `%${code.toString(16).padStart(2, '0')}`),
  (random, text) => everySome(random, text, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  (_, text) => JSON.stringify(text).slice(1, -1),
  (_, text) => JSON.stringify(text),
  (_, text) => JSON.stringify({ message: text }),
  (_, text) => text.replaceAll(' ', '+'),
  (_, text) => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`),
];

function insert(random: Random, text: string): string {
  const offset = at(random, text);
  return text.slice(0, offset) + random.pick(INSERTS) + text.slice(offset);
}

/** Writes one ASCII character in four in another way. */
function everySome(random: Random, text: string, written: (code: number) => string): string {
  return text.replaceAll(/[ -~]/g, (character) =>
    random.once(4) ? written(character.charCodeAt(0)) : character,
  );
}
