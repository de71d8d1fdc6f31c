import { describe, expect, test } from '@jest/globals';
import { maskLooseText } from '../../src/content/loose-text.js';
import { maskStatementText } from '../../src/content/statement-text.js';
import type { ContentRules } from '../../src/content-rules.js';
import { createMasker } from '../../src/index.js';
import { EVERYWHERE } from '../../src/scan/text-scan.js';
import { growsTooFast } from '../growth-of-time.js';

// Texts that make a reader of messages begin again and again, or look far for what does not come.

const rules: ContentRules = {
  mask: '****',
  maskForName: (name) => (/pass|token|secret/i.test(name.slice(-64)) ? '****' : undefined),
  mayMask: (name) => /pass|token|secret/i.test(name.slice(-64)),
  judgesWords: () => true,
  marksOf: () => EVERYWHERE,
  maskText: (value) => value,
};

const STATEMENTS = [
  ...[
    'select ',
    'select a from b ',
    'select "a" from t ',
    'SELECT FROM ',
    'insert into a values (',
    'values (',
    "values('",
  ],
  ...[
    'update a set b=',
    'where a=1 ',
    'where a = "',
    '"select a from b" ',
    'call a(',
    'exec a ',
    "exec a '",
    'identified by ',
  ],
  ...[
    'params: ',
    'params:[',
    'select * from t params: [',
    'insert into a select ',
    'delete from x where ',
    'with ',
  ],
];
const COMMANDS = [
  ...[
    'curl ',
    'curl -u ',
    'curl -u a:b\n',
    '"curl -u ',
    'mysql -p',
    'docker login -p ',
    'curl\\\n',
    'sqlplus ',
    'vault login ',
  ],
  ...['ACL SETUSER a ', 'HELLO 2 AUTH a b '],
  ...['radtest a b ', 'qpdf --encrypt ', 'su <<< a ', 'docker --secret ', 'curl -x a:b@', 'curlftpfs a:b@'],
  ...["spawnargs: ['a'] ", "spawn a spawnargs: ['a', ", "name: 'set', args: ['a', ", '-> auth([ ', '-Dkey='],
  ...['ParameterKey=token,ParameterValue=', 'echo a | sudo -a -b secret --from-file='],
];
const CREDENTIALS = [
  ...[
    "PRAGMA key='",
    "ATTACH '",
    "ATTACH 'a' AS ",
    "SET PASSWORD FOR a = '",
    'SET PASSWORD FOR ',
    "ENGINE = x('",
  ],
  ...['CONNECT TO a USER b USING ', 'connect a/b', 'SELECT a(b, ', "SELECT a('", 'BACKUP a TO ', 'set a to '],
  ...["ALTER USER a PASSWORD E'", 'DEFINE TOKEN a VALUE "', 'MERGE (a {b: "', 'MERGE (', "db.auth('a', '"],
  ...[
    "new Sequelize('a', 'b', ",
    'command: AUTH a ',
    'ACL SETUSER a >"',
    'insert into a (password) values (b, ',
  ],
  ...[
    "into a (password) values ('''",
    'into a (b',
    'binding parameter [1] - [',
    "parameters: $1 = '",
    ', @a=',
  ],
  ...['args=[a] b=c ', '[["a", "', '-- params: [', "token == '", 'a[key] = b', 'token = a.b(', 'key: a(b, '],
  ...['"token": a ', '"a "', 'SET token = a.b, ', 'WHERE token = a_b AND '],
];
const QUOTATIONS = [
  ...[
    'key (',
    'Key (a)=(',
    'key (a(',
    'Failing row contains (',
    "Duplicate entry '",
    "duplicate entry 'a' for key ",
  ],
  ...[
    'invalid input syntax for ',
    'at or near "',
    'unexpected a, "',
    '"a" is not valid JSON',
    "Incorrect x value: '",
  ],
  ...[
    'incorrect ',
    "right syntax to use near '",
    'password value "',
    '"password" value',
    'value: ',
    'got "',
    '"password" got ',
  ],
  ...[
    'path ',
    'value "a" path password\n',
    'received `',
    '1234 is your ',
    '1234 is your code ',
    'enter 1234 to ',
    'code 1234 ',
  ],
  // Words that a message shows of a secret, pairs, URLs that are cut off, literals that do not close.
  ...[
    'password got a1b2c3 ',
    'keys: a1b2c3, ',
    'token from a1b2c3x to ',
    'old=a1b2c3 new=',
    'password for a b1c2d3: ',
    'abcdefg1 is not a valid ',
    'credentials (a, ',
    'login a/',
    'postgres://a:b',
    'https://',
    "'Authorization: Digest a ",
    "token =>', a",
    'password is aB_',
    'ssh a.b c@d.ef ',
    '<password>a1',
    'session aaaaaaaaaaaaaaaaaaaaaa ',
  ],
];
const FORMS = [
  ...["['", "[ 'password', ", "['password','x'],", '[1,', "['a\\", "[ '", "'\\n", "'a\\n' +\n '", '`\\n` '],
  ...[
    '<a',
    '<a ',
    '<a b="',
    "<a b='",
    '<input type="password" value="x">',
    '<key>password</key>',
    '<a b=c ',
    '< ',
    '<a/>',
  ],
  ...['content-disposition: form-data; ', 'content-disposition: form-data; name="a"\r\n', 'form-data'],
  ...[
    'Content-Disposition: form-data; name="password"\r\n\r\n',
    '--a\r\nContent-Disposition: form-data; name="password"\r\n\r\n',
  ],
  ...[
    '%25',
    '%2525',
    '%3A%2F%2F',
    'a%253D',
    '%25 ',
    '%253A%252F%252Fa%2540',
    '%20select%20',
    'token(',
    'token[',
    'a->',
    'a|',
    'token set to ',
    'password for a',
    '"a", "',
    'a: !!b ',
  ],
  ...[
    'token=a,',
    "token=$'",
    'token: <abcdef1',
    'a[0]=',
    'a[]=',
    'password:\n- a\n',
    'password:\n  - a\n',
    'a="""',
    '"""',
  ],
];
const OBJECTS = [
  ...['variable "password" {\n', 'variable "password" { default = "', 'variable "password" { a = "b" '],
  ...[
    'password = <<EOT\n',
    'password = <<EOT\n\n',
    "instancePath: '/password', ",
    "instancePath: '/password', data: '",
  ],
  ...[
    'secrets: { a: ',
    "secrets loaded: { a: 'b', ",
    "cookieSession({ keys: ['",
    "cookieSession({ keys: ['a', ",
    'cookieSession(',
  ],
  ...[
    "password eq '",
    "password for bob with '",
    'DB_PASSWORD    a',
    'password:\nabcdef1',
    'session=',
    'session_id: ',
  ],
];
const ROWS = [
  ...[
    '[["password",',
    '[["password","a"],',
    '{"columns":["a","password"],',
    '"rows":[[',
    '"columns":["a","password"],"rows":[[',
  ],
  ...[
    '{"tokens":[{',
    '{"tokens":[{"v":"',
    '"rows":[["a","b"]],"columns":["a","password"],',
    '"keys":["',
    '"title":"password","text":"',
  ],
];
const VALUES = [
  ...[
    '{"a":"',
    '{"a":1,',
    "{a:'x',",
    '"a":',
    '"\\"',
    '[1,',
    '1 ',
    'set a 0 0 1\r\n',
    'token:abc1234:',
    'SET k v\n',
    'XADD a * b c\n',
  ],
];
const INSPECTED = [
  ...[
    "{ a: '",
    "{ path: 'password', ",
    "value: 'x1', ",
    "{ name: 'token', value: [ 'a1', ",
    "'a' +\n",
    "'a\\n' +\n'",
    '{ ',
    " '",
  ],
  ...[
    'password: <Buffer 68 ',
    'password: Buffer(1) [ 1, ',
    'password: [Getter: ',
    'token: \\u001b[1m',
    "}, { a: 'x1', ",
  ],
  ...[
    '[ \'Content-Disposition: form-data; name="a"\\r\\n\\r\\n\', ',
    '["x\\r\\n\\r\\n",null,',
    'projection: { a: 0, ',
  ],
  ...[
    "{ kty: 'oct', k: 'kY7vR2mQx9LpZ4wT', ",
    '\u2502 password \u2502\n\u251c\u2500\u2500\n',
    "sql: 'x where a = 1 ",
  ],
];
const CONTROLS = [
  '\u0000',
  '\u001b[',
  '\u001b[0;',
  '\u001b[1m',
  '\n',
  '\r',
  '\u202e',
  'a\u200b',
  'password\u0000',
  '{\n',
  '[\n1,',
];

function slowOnes(run: (text: string) => unknown, seeds: readonly string[]): readonly string[] {
  return seeds.filter((seed) => growsTooFast(run, seed, 1500));
}

const masker = createMasker();

describe('time grows with the length of the text', () => {
  test.each([
    ['statements', STATEMENTS],
    ['credentials', CREDENTIALS],
    ['commands', COMMANDS],
    ['quotations', QUOTATIONS],
    ['forms', FORMS],
    ['objects', OBJECTS],
    ['rows', ROWS],
    ['objects as Node prints them', INSPECTED],
  ])('that is full of %s', (_, seeds) => {
    expect(slowOnes((text) => maskLooseText(text, rules), seeds)).toEqual([]);
    expect(slowOnes((text) => masker.text(text), seeds)).toEqual([]);
  });

  test.each(['', 'redis', 'memcached', 'mongodb', 'neo4j', 'sqlite'])('of a statement of %s', (system) => {
    const read = (text: string): unknown => maskStatementText(text, system, rules);
    expect(
      slowOnes(read, [...VALUES, ...STATEMENTS, ...CREDENTIALS, 'identified by "', "'", '"', '`']),
    ).toEqual([]);
  });

  test('that is full of control characters', () => {
    expect(slowOnes((text) => masker.text(text), CONTROLS)).toEqual([]);
    expect(slowOnes((text) => masker.attribute('exception.stacktrace', text), CONTROLS)).toEqual([]);
  });
});
