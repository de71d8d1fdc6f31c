import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMasker } from '../../src/index.js';

// A secret is planted under a name, or in a place that makes it one, in every kind of content and in many phrasings. No part
// of it that is longer than three characters may be left.

const masker = createMasker();
const NAMES = [
  'password',
  'apiKey',
  'client_secret',
  'access_token',
  'DB_PASSWORD',
  'x-api-key',
  'userPassword',
  'secret',
];

/** `$n` is the name, `$s` the secret. */
const NAMED = [
  ...[
    '$n=$s',
    '$n: $s',
    '$n = $s',
    '$n="$s"',
    "$n='$s'",
    '"$n":"$s"',
    "'$n': '$s'",
    '$n => $s',
    '$n:=$s',
    '$n:$s',
  ],
  ...[
    '--$n=$s',
    '--$n $s',
    '-D$n=$s',
    'export $n=$s',
    "$n=$'$s'",
    '$n=$s;',
    '$n\t$s',
    '$n=a,$s',
    '$n: <$s>',
    '$n: [$s]',
  ],
  ...[
    '?a=1&$n=$s&b=2',
    'a=1;$n=$s;b=2',
    'user[$n]=$s',
    '$n[0]=$s',
    '$n[]=$s',
    '$n%3D$s',
    '%22$n%22%3A%22$s%22',
    '$n%253D$s',
  ],
  ...[
    '{"$n":"$s"}',
    '{"$n": "$s", "x": 1}',
    '{"a":{"$n":"$s"',
    '\\"$n\\":\\"$s\\"',
    '\\\\\\"$n\\\\\\":\\\\\\"$s\\\\\\"',
  ],
  ...[
    '{"name":"$n","value":"$s"}',
    '{"value":"$s","name":"$n"}',
    '["$n","$s"]',
    '{"path":["$n"],"received":"$s"}',
  ],
  ...["[ '$n', '$s' ]", "{ $n: '$s' }", "Map(1) { '$n' => '$s' }", '{$n=$s}', '($n=$s)', '$n=$s, next=1'],
  ...[
    '<$n>$s</$n>',
    '<a $n="$s"/>',
    "<a $n='$s'>",
    '<add key="$n" value="$s"/>',
    '<input name="$n" value="$s">',
  ],
  ...['<meta content="$s" name="$n">', '<string name="$n">$s</string>', '<key>$n</key><string>$s</string>'],
  ...['$n:\n  - $s\n', '$n: |\n  $s\n', '$n: >-\n  $s\n', '$n:\n  $s\n', '$n = """\n$s\n"""', "$n='''$s'''"],
  ...['Content-Disposition: form-data; name="$n"\r\n\r\n$s\r\n--', 'login($n: "$s")', 'Server=x;$n=$s;Db=y'],
  ...[
    '$n is $s',
    'the $n was $s',
    'invalid $n "$s"',
    'bad $n $s',
    '$n ($s) rejected',
    'wrong $n: $s',
    '$n: Bearer $s',
  ],
  ...[
    'Path `$n` (`$s`) is invalid',
    'x $n->$s',
    '$n set to "$s"',
    '$n for bob: $s',
    'call $n($s) failed',
    'set("$n", "$s")',
    '$n: !!str $s',
    '"$n" with value "$s" fails',
    '$n must be longer, got "$s"',
    'https://h/x?$n=$s#f',
  ],
];
const PLACED = [
  ...['https://u:$s@h/x', 'postgres://u:$s@h/db', 'mongodb+srv://u:$s@h/d', 'https://h/reset/$s'],
  ...[
    'Cookie: a=$s; b=c',
    'Set-Cookie: a=$s; Path=/',
    "{ 'set-cookie': [ 'a=$s; Path=/' ] }",
    '["Cookie","a=$s"]',
  ],
  ...[
    'Authorization: Bearer $s',
    'Authorization: Basic $s',
    'Authorization: Digest username="a", response="$s"',
  ],
  ...["INSERT INTO t VALUES ('$s')", "UPDATE t SET a = '$s' WHERE b = 1", "select a from t where b = '$s'"],
  ...[
    "exec p '$s'",
    'ALTER USER a IDENTIFIED BY $s',
    'Failed query: insert into x (a) values ($1)\nparams: $s',
  ],
  ...[
    'Key (a)=($s) already exists.',
    "Duplicate entry '$s' for key 'a'",
    `Unexpected token 'x', "$s" is not valid JSON`,
  ],
  ...[
    'mysql -u root -p$s db',
    'curl -u bob:$s https://x',
    'curl -H "X-Api-Key: $s" x',
    'docker login -u a -p $s r',
  ],
  ...['sshpass -p $s ssh h', 'PGPASSWORD=$s psql', 'redis-cli -a $s', 'openssl enc -k $s'],
  ...['CONFIG SET requirepass $s', 'ACL SETUSER a on >$s', 'HELLO 3 AUTH default $s'],
];
const BEFORE = [
  ...[
    '',
    'error: ',
    'failed with ',
    '[2026-01-01] ERROR ',
    'at x (y.js:1:2) ',
    'foo bar ',
    '"msg" ',
    'a=b ',
    "it's ",
  ],
  ...['\n', 'x\n', '(', ': ', '{"a":1} '],
];
const AFTER = [
  '',
  '.',
  ' failed',
  ' at line 1',
  '\n  at foo (bar.js:1:1)',
  ', retry 3',
  ')',
  '; done',
  ' "ok"',
  ' user=bob',
  '\n\nmore',
];

const NESTINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `line one\n${text}\nline three`,
  (text) => JSON.stringify({ note: text }),
  (text) => JSON.stringify({ a: JSON.stringify({ note: text }) }),
  (text) => JSON.stringify({ note: [text] }, null, 2),
  (text) => JSON.stringify([text]),
  (text) => JSON.stringify({ note: text }).slice(0, -2),
  (text) => JSON.stringify({ note: text }).replace(/(?<!\\)[a-z]/g, escapeSome),
  (text) => `https://h/p?x=${encodeURIComponent(text)}`,
  (text) => `x=${encodeURIComponent(`https://h/?y=${encodeURIComponent(text)}`)}`,
  (text) => inspect({ note: text }),
];

function escapeSome(letter: string, at: number): string {
  return at % 7 === 0 ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter;
}

const LETTERS = [...'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789'];
const secrets = fc
  .tuple(fc.array(fc.constantFrom(...LETTERS), { minLength: 7, maxLength: 14 }), fc.constantFrom('7k', '9Q'))
  .map(([letters, mark]) => [...letters.slice(0, 4), mark, ...letters.slice(4)].join(''));
const keys = fc.constantFrom(
  undefined,
  'note',
  'http.request.body',
  'exception.message',
  'exception.stacktrace',
  'log.record.body',
);

const planted = fc
  .record({
    form: fc.constantFrom(...NAMED, ...PLACED),
    name: fc.constantFrom(...NAMES),
    secret: secrets,
    before: fc.constantFrom(...BEFORE),
    after: fc.constantFrom(...AFTER),
    nest: fc.constantFrom(...NESTINGS),
    key: keys,
  })
  .map(({ form, name, secret, before, after, nest, key }) => {
    const text = form.replaceAll('$n', () => name).replaceAll('$s', () => secret);
    return { secret, key, text: nest(before + text + after) };
  });

function mask(key: string | undefined, text: string): string {
  return key === undefined ? masker.text(text) : String(masker.attributes({ [key]: text })[key]);
}

function partsLeft(text: string, secret: string): readonly string[] {
  const parts = Array.from({ length: secret.length - 3 }, (_, at) => secret.slice(at, at + 4));
  return parts.filter((part) => text.includes(part));
}

describe('a planted secret', () => {
  test('leaves no part longer than three characters, whatever stands around it', () => {
    fc.assert(
      fc.property(planted, ({ key, text, secret }) => {
        expect(partsLeft(mask(key, text), secret)).toEqual([]);
      }),
      { numRuns: 6000 },
    );
  });

  test('is masked once and for all, and what was JSON still parses', () => {
    fc.assert(
      fc.property(planted, ({ key, text }) => {
        const masked = mask(key, text);
        expect(mask(key, masked)).toBe(masked);
        if (parses(text)) expect(parses(masked)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('masked JSON keeps the order of its members and the spelling of its numbers', () => {
  const json = fc.dictionary(
    fc.constantFrom(...NAMES, 'a', 'b', 'id', 'note', 'count'),
    fc.constantFrom(
      '"x"',
      '12345678901234567890',
      '1.50',
      '-0',
      '1E+2',
      '{"z":1.0,"password":"q"}',
      '[1.0,"a"]',
      'true',
      'null',
    ),
    { maxKeys: 8 },
  );
  fc.assert(
    fc.property(json, (members) => {
      const text = `{${Object.entries(members)
        .map(([name, value]) => `"${name}": ${value}`)
        .join(', ')}}`;
      const masked = masker.text(text);
      expect(namesOf(masked)).toEqual(namesOf(text));
      for (const name of ['a', 'b', 'id', 'note', 'count']) {
        const value = members[name];
        if (value !== undefined && !value.startsWith('{')) expect(masked).toContain(`"${name}": ${value}`);
      }
    }),
  );
});

function namesOf(text: string): readonly string[] {
  return Object.keys(JSON.parse(text) as object);
}
