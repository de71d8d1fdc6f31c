import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

// Where a value ends, when signs stand in it. HEAD and TAIL are its two halves: none of them may be left.

const HEAD = 'Zk7q';
const TAIL = 'Wm3x';
const masker = createMasker();

function expectGone(key: string, value: string): void {
  const masked = String(masker.attribute(key, value));
  expect(masked).not.toContain(HEAD);
  expect(masked).not.toContain(TAIL);
  expect(masker.attribute(key, masked)).toBe(masked);
}

describe('a value goes on behind', () => {
  test.each([
    ['an apostrophe of a form', 'http.request.body', `password=${HEAD}'${TAIL}&x=1`],
    ['several of them', 'http.request.body', `a=b&password=${HEAD}'q'${TAIL}&x=1`],
    ['an angle of a connection string', 'app.dsn', `Uid=u;Password=${HEAD}<${TAIL};Database=d`],
    ['an arrow', 'app.note', `password=${HEAD}->${TAIL}`],
    ['the bracket of a driver in braces', 'app.dsn', `UID=a;PWD={${HEAD}]${TAIL}};X=1`],
    ['a brace that stands twice', 'app.dsn', `UID=a;PWD={${HEAD}}}${TAIL}};X=1`],
    ['a quote of a shell', 'app.note', `export DB_PASSWORD='${HEAD}'\\''${TAIL}'`],
    ['two quotes that stand twice', 'app.note', `password: '${HEAD}''''${TAIL}'`],
    ['a backslash and a quote that stands twice', 'app.dsn', `Server=x;Password="${HEAD}\\""${TAIL}";`],
    ['the scheme of an escaped header', 'app.note', `Authorization%3A%20Bearer%20${HEAD}A9b8C7d6${TAIL}`],
  ])('%s', (_, key, value) => expectGone(key, value));

  test.each(["'", '"', '<', '`', '}}', '\t', ' '])('%j in the line of a setting', (sign) => {
    expectGone('app.config', `A=1\nPASSWORD=${HEAD}${sign}${TAIL}\nB=2`);
  });

  test.each([
    ['app.env', `DB_PASSWORD=${HEAD} ${TAIL}`],
    ['app.env', `["DB_PASSWORD=${HEAD} ${TAIL}"]`],
    ['http.request.body', `{"Env":["DB_PASSWORD=${HEAD} ${TAIL}"]}`],
    ['app.note', `env: [ 'DB_PASSWORD=${HEAD} ${TAIL}', 'A=1' ]`],
    ['http.request.body', `["X-Api-Key: ${HEAD} ${TAIL}"]`],
  ])('a space of an element: %s %j', (key, value) => expectGone(key, value));
});

describe('in a container that was cut off', () => {
  test.each([
    `{ password: { current: '${HEAD}${TAIL}`,
    `{\n  password: {\n    current: '${HEAD}', next: '${TAIL}...`,
    `{ 'x-api-key': [ '${HEAD}', '${TAIL}`,
    `failed; headers: {Authorization=[Bearer ${HEAD}9a8b7${TAIL}`,
    `query { users(where: {apiKey: {equals: "${HEAD}${TAIL}`,
    `jwt: {secret: ${HEAD}${TAIL}`,
  ])('%s', (text) => expectGone('app.note', text));

  test.each([
    'token: [ see the docs',
    'password: {',
    'password: [\n    at run (/app/a.js:1:2)',
    'secret: {}, [ a: 5',
  ])('and %s stays', (text) => expect(masker.attribute('app.note', text)).toBe(text));

  test('bytes go as well', () => {
    const masked = String(masker.attribute('app.note', '{ secret: Uint8Array(8) [ 12, 244, 17, 9'));
    expect(masked).not.toContain('244');
    expect(masker.attribute('app.note', masked)).toBe(masked);
  });
});

describe('brackets in strings close nothing', () => {
  test.each([']', '}', '{{', '[', '})'])('%s', (sign) => {
    const secret = `${HEAD}${sign}${TAIL}`;
    expectGone('app.note', `{ auth: { user: 'a', pass: '${secret}' }, z: 1 }`);
    expectGone('app.note', `{ credentials: { user: 'a', x: '${secret}' }, z: 1 }`);
    expectGone('app.note', `{ passwords: [ '${secret}', 'b' ] }`);
  });

  test('but an apostrophe in a word opens no string', () => {
    const text = "{ cookies: [it's], note: 'kept' }";
    expect(masker.text(text)).toBe("{ cookies: ****, note: 'kept' }");
  });
});

describe('literals of programs', () => {
  test.each(['f', 'r', 'b', 'u', 'rb', 'L', 'N', 's', 'raw', 'Rb'])(
    '%s"…" is masked with its inside',
    (prefix) => {
      expectGone('gen_ai.prompt', `password = ${prefix}"${HEAD}${TAIL}"`);
    },
  );

  test('so are what is put together, and text behind a tag', () => {
    expectGone('gen_ai.prompt', `password = String.raw\`${HEAD}${TAIL}\``);
    expectGone('gen_ai.prompt', `headers = {"Authorization": "Bearer " + "${HEAD}A9b8C7d6${TAIL}"}`);
    expectGone('gen_ai.prompt', `password = "${HEAD}" + '${TAIL}'`);
    expectGone('gen_ai.prompt', `$password = '${HEAD}' . '${TAIL}';`);
  });

  test('a quote in prose does not make what stands behind it a part of the value', () => {
    expect(masker.text("the 'password=abcdef' and 'x'")).toBe("the 'password=****' and 'x'");
    expect(masker.text('<a href="/?password=abcdef"class="x">')).toBe('<a href="/?password=****"class="x">');
  });
});

describe('escapes and quotes of other kinds', () => {
  test.each([
    `body={\\x22password\\x22:\\x22${HEAD}${TAIL}\\x22}`,
    `"{\\x22password\\x22:\\x22${HEAD} ${TAIL}\\x22}"`,
    `body=\\u007b\\u0022password\\u0022:\\u0022${HEAD}8JTT511r${TAIL}\\u0022}`,
    `{\u201cpassword\u201d: \u201c${HEAD}-${TAIL}\u201d}`,
    `{\u2018password\u2019: \u2018${HEAD}-${TAIL}\u2019}`,
    `password: \u00ab${HEAD}-${TAIL}\u00bb`,
    `{"password":\u00a0"${HEAD}${TAIL}"}`,
    `{"password":/*x*/"${HEAD}${TAIL}"}`,
    `db password  \u2192  ${HEAD}%46${TAIL}`,
    `API key - ${HEAD}K9t8jxa0Qp6AQhR6LVnC${TAIL}`,
    `User(id=1, password=${HEAD.toLowerCase()}_${TAIL})`,
  ])('%s', (text) => {
    const masked = masker.text(text);
    expect(masked).not.toContain(TAIL);
    expect(masker.text(masked)).toBe(masked);
  });

  test('an address with an escaped sign is one', () => {
    expect(masker.attribute('app.note', 'marta37\\u0040acme.co.uk')).toBe('****');
  });

  test('what is escaped and holds nothing comes back as it came', () => {
    const text = 'body={\\x22name\\x22:\\x22Ann\\x22} \\u0022x\\u0022';
    expect(masker.text(text)).toBe(text);
  });

  test('a character that stood there in both ways comes back as itself', () => {
    expect(masker.text(`at 10:30 {\\x22password\\x22\\x3a\\x22${HEAD}${TAIL}\\x22}`)).toBe(
      'at 10:30 {\\x22password\\x22:\\x22****\\x22}',
    );
  });

  test('escapes come back as they were', () => {
    expect(masker.text(`body={\\x22password\\x22:\\x22${HEAD}${TAIL}\\x22,\\x22a\\x22:1}`)).toBe(
      'body={\\x22password\\x22:\\x22****\\x22,\\x22a\\x22:1}',
    );
  });
});

describe('messages that quote a value behind its name', () => {
  const secret = `${HEAD}${TAIL}9x2`;

  test.each([
    `apiKey: must be uuid: value was "${secret}"`,
    `API_KEY: Invalid url input: "${secret}"`,
    `password must be a number (was "${secret}")`,
    `Invalid value "${secret}" supplied to : { password: number }/password: number`,
    `option '--token <token>' argument '${secret}' is invalid.`,
    `Argument: token, Given: "${secret}"`,
    `prisma:query UPDATE "User" SET "password" = $1 params=["${secret}",3]`,
    `1339518083.107412 [0 127.0.0.1:60866] "AUTH" "default" "${secret}"`,
    `WRONGPASS: AUTH default ${secret}`,
    `Server=x;Password=${HEAD} horse ${TAIL};Encrypt=true`,
    `args: [ '--password=${HEAD} horse ${TAIL}' ]`,
    `env: [ 'DB_PASSWORD=${HEAD},7077;${TAIL}' ]`,
    `A001 LOGIN bob "${HEAD} horse ${TAIL}"`,
    `password [${secret}] rejected`,
    `password <${secret}> rejected`,
    `Invalid URL: postgres//app:${HEAD}_${TAIL}@db/app`,
  ])('%s', (text) => expectGone('exception.message', text));

  test('the name before a dollar is no variable when signs or digits are in it', () => {
    expect(masker.text("{ auth: 'svc:$ecr3t' }")).not.toContain('ecr3t');
    expect(masker.text("{ auth: 'svc:$PASSWORD' }")).toBe("{ auth: 'svc:$PASSWORD' }");
  });

  test('a seed of NATS is one', () => {
    const seed = `SUA${'IBDPBAUTWCWBKIO6XHQNINK5FWJW4OHLXC3HQ2KFE4PEJUA44CNHTC4'}`;
    expect(masker.attribute('app.note', `seed ${seed}`)).toBe('seed ****');
  });

  test('a program keeps the variable before it for itself', () => {
    expect(masker.text(`REDISCLI_AUTH=${HEAD}${TAIL} redis-cli -h x`)).toBe(
      'REDISCLI_AUTH=**** redis-cli -h x',
    );
  });
});
