import { describe, expect, test } from '@jest/globals';
import { type Attributes, createMasker, type Policy } from '../src/index.js';
import { ReferenceMasker } from './reference/reference-masker.js';

// What the fuzz run found once, cut down: the masker differed from the reference, or masked more the second time.

const own: Policy = {
  hashKey: `hex:${'0f'.repeat(32)}`,
  keys: [{ glob: 'k*', action: 'partial' }],
  values: [{ name: 'weight', pattern: 'kilo+gram', action: 'mask' }],
};
const wide: Policy = { extends: ['default', 'pii', 'payments', 'genai', 'aws'], mask: '[gone]' };
const token = 'ddog_3DBU5lguJFlknq46';
const random40 = ['cVaZcwMPF+0HW1FOQiYt', 'cDVOkPJ7MmJlDo4VrZpI'].join('');

const FOUND: readonly (readonly [what: string, given: Attributes, policy?: Policy])[] = [
  [
    'a number behind a key that began a comment',
    { 'db.system': 'mssql', 'db.query.text': '-----BEGIN%20PRIVATE KEY-----xBLCcsb6ppQ8l%0A-----END-----0' },
  ],
  [
    'a name without what a rule hashes by',
    { '-pass note</id': 'some value' },
    { ...own, keys: [{ glob: '*note*', action: 'hash' }] },
  ],
  ['a session told in a sentence', { t: 'session id is i9gK8efdop' }],
  ['a string of JSON in bytes of a query', { 'url.query': Buffer.from('"a b\r\n123-45-6789"') }],
  [
    'a list of which one element becomes a name',
    { 'db.system': 'memcached', 'db.statement': ['pass\n-', '}'] },
  ],
  ['a quoted password of Oracle', { t: 'jdbc:oracle:n:e/"?"@' }],
  ['a URL that is cut off before an angle', { y: '"http://:mp>' }],
  ['a URL that is cut off before a blank', { t: 'redis://:F6 ' }],
  ['a sibling named behind what was no literal', { e: '{"value":"r","token"::,"name":"bearer"' }],
  ['the scope of a package behind what looks like a user', { '7': '//:60114350759367/node_modules/@' }],
  ['a separator of lines before an at sign', { t: '//\u2028@' }, wide],
  ['a message that begins like a sentence', { csrf: ['T duplicate key value is (7.'] }],
  // It never came back.
  ['a list where a block was opened', { l: '_csrf: |\n- keyboa://rd: "+47-25338374"\n- POST' }],
  ['a label that only ends like a host of S3', { s: 's://$s3.amazonaws.com/r' }],
  ['a part of a form with the name of a parameter', { s: 'Content-Disposition:form-data; name=sig\n\n5' }],
  ['a form in capitals', { d: 'CONTENT-DISPOSITION:FORM-DATA;NAME=PASS\n\nR' }],
  ['a letter that is k in lower case', { l: { '\u212aey': '4' } }, { extends: 'lumigo' }],
  ['a letter that is i in lower case', { l: { 'AP\u0130': '4' } }, { extends: [], keys: ['api'] }],
  ['an address behind quotes', { 'db.system': 'elasticsearch', 'db.query.text': '7@b.co' }],
  ['a number in a string', { s: '""6011182801200' }],
  ['a number parted by plus signs', { 'url.full': '=123+45+6789' }],
  ['a number parted by two escaped spaces', { 'http.url': '%226011%20%202871%20%208600%20%200201' }],
  ['a statement without spaces', { l: 'DELETE FROM.0 WHERE a' }],
  ['a literal that is a word', { e: 'SELECT FROM true' }],
  ['a list of values alone', { e: 'values(2,' }],
  ['an ACL of words', { e: 'ACL SETUSER e t' }],
  [
    'bound values in a URL',
    { 'http.query': "PARAMETERS%3A%20%241%20%3D%20'A'", 'http.url': "%5Bgenerated%20in%5D%20(')" },
  ],
  ['a token that a quote ends', { l: '"pnu_QF5RcPeJRTJBQWw4"' }],
  ['a token that a part of a URL ends', { 'http.url': `${token}#` }],
  ['a key behind an escaped quote', { 'http.url': `%22${random40}` }],
  ['a key with an escaped slash', { note: `{"a":"${random40.replace('+', '\\/')}"}` }],
  ['a key behind an escaped line end', { note: `{"a":"x\\n${random40}"}` }],
  ['names that are values', { x: '\\"":\\"pass":{' }],
  ['a name with a line end', { 'credential\rmiss': '0' }],
  ['a name that holds a secret', { 'AccountKey=Endpoint': '>' }],
  ['the name of a member that holds one', { e: { 'pass Ft+oID': '1' } }],
  ['what is partly kept, with a control character', { kilogram: 'igk6wcK\u0000\n' }, own],
  ['JSON in a command', { 'process.command': '\\"{\\\\\\"Secret\\\\\\":\\\\\\"- ' }, wide],
  ['JSON in a query', { 'url.query': '{"pin":"1=password' }, wide],
  ['JSON in a URL', { 'url.full': 'curl%20-H%20%22%7B%5C%22secret%5C%22%3A%%22S' }],
  ['a number between the words of a command', { 'process.command': [4111111111111111, 'sid= '] }],
  ['a number before a name', { note: [4111111111111111, 'password', 'x'] }],
  ['a name with a character that is not seen', { y: 'pw\u00ad: YES)\n' }],
  ['an empty value behind one', { y: 'password\u200b:\u001b[1m' }],
  [
    'a secret behind its name, under rules on all names',
    { 'Signature 812116486263499': 't' },
    { extends: 'strict' },
  ],
  ['an address that nothing gives away, in JSON', { h: '{"a":"5.5.1.4"}' }, wide],
  ['a value behind a wide space', { e: 'AUTH\u3000f19542.5500.39' }],
  ['a value behind a space that breaks no line', { e: 'AUTH\u00a0f19542.5500.39' }],
  ['values that are names, under rules on all', { e: '{"":"e":"A' }, { extends: 'strict' }],
  ['a package for a password', { e: '//:node_modules/@' }],
  ['a brace right behind the word that opens a statement', { l: 'SELECT{"FROM\rN' }],
  ['a negative literal right behind that word', { l: "SELECT-1,'x' FROM a" }],
  ['a token with nothing behind its last dot', { a: '?s=eyJJqmKVQBlQ-FX9.BH4j.' }],
  ['a label in quotes that ends a list of names', { e: '{"xsrf","received"o' }],
  ['users of many authorities', { l: '//:://:://:://:://@' }],
  ['a number before an escaped sign', { s: '%3A%2F%2f%%2B59%20424201%40' }, wide],
  [
    'a key before an escaped sign',
    { s: '%3A%2F%2FA-----BEGIN%20PRIVATE%20KEY-----2h7Ag2FedJU1iPIm-----END-----%40' },
    wide,
  ],
  [
    'a form in a string of JSON',
    { t: '{"body":"Content-Disposition: form-data; name=\\"code\\"\\r\\n\\r\\nabc123\\r\\n--X--"}' },
  ],
  ['a name of a form behind a backslash', { t: '"Content-Disposition:form-data;name=\\code\\n\\r\\nn' }],
  ['a name in two words on two lines', { e: 'Pass\nword=i' }],
  ['a user before a control character', { 'http.target': Buffer.from('31fpOnLybRlAKA==', 'base64') }, wide],
  ['a phone number with a slash', { e: '09/417349' }, wide],
  ['a cookie in a URL', { 'url.path': 'Cookie: theme=1; sessionid=abcdefgh' }],
  ['a query that is more', { 'url.query': ["passwordSELECT 'x'a@example.comtoken=abc"] }],
  ['an address in a statement', { 'db.query.text': 'password\u00c3=https://u:p@h.example/x?sig=1' }],
  [
    'bytes with a replacement character',
    { b: new TextEncoder().encode('password\u00e9=Bearer abcdefghijklmnop\ufffd') },
  ],
  [
    'bytes that are text without what is masked',
    { b: Buffer.from('password\u00e9=Bearer abcdefghijklmnop\u00e9', 'latin1') },
  ],
  ['a version that a sibling names', { d: '"key":"csrf""val":"7.0.2' }],
  ['a code that a sibling names', { e: '\\"name":\\"code"\\"v":\\"uWG.eyJK0vB88-oKZ.bK' }],
  [
    'a name that another rule hits when it is masked',
    { '': { '': { 'Pw:A': 'passwordpassword' } } },
    { keys: [{ glob: '*a*', action: 'partial' }] },
  ],
];

describe.each(FOUND)('%s', (_, given, policy = {}) => {
  test('is masked as the reference masks it, and once', () => {
    const masked = createMasker(policy).attributes(given);
    expect(masked).toEqual(new ReferenceMasker(policy).attributes(given));
    expect(createMasker(policy).attributes(masked)).toBe(masked);
  });
});
