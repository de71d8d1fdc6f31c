import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

// Credentials in the phrasings of drivers, SDKs, shells and log lines. No part of them may be left.

const masker = createMasker();
const PASSWORD = 'Sup3rS3cretPw9';
// Built at run time, so that no scanner takes them for live keys.
const joined = (...parts: readonly string[]): string => parts.join('');
const KEY = Buffer.from('FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF').toString(
  'base64',
);
const BASIC = Buffer.from(`aladdin:${PASSWORD}`).toString('base64');
const SECRET_KEY = joined('wJalrXUtnFEMI/K7MDENG+', 'bPxRfiCYzzzzLLKEYQ');
const ACCESS_KEY_ID = joined('AKIA', 'QYLPMN5HFIQR7XYA');
const SESSION_TOKEN = joined('IQoJ', 'b3JpZ2luX2VjEAEaCXVzLWVhc3QtMSJHMEUCIQDabc123');
const SIGNATURE = '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7';
const MATERIAL = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7';
const pem = (label: string): string =>
  joined('-----BEGIN ', label, '-----\n', MATERIAL, '\nabcDEF123\n-----END ', label, '-----');

function expectGone(text: string, ...secrets: readonly string[]): void {
  const ways = [
    (given: string) => masker.text(given),
    (given: string) => String(masker.attribute('note', given)),
  ];
  for (const mask of ways) {
    const masked = mask(text);
    for (const secret of secrets) {
      expect(masked).not.toContain(secret);
      expect(masked).not.toContain(encodeURIComponent(secret));
    }
    expect(mask(masked)).toBe(masked);
  }
}

describe('the password of', () => {
  test.each([
    'postgres://app:PW@db.internal:5432/orders',
    'postgresql://app:PW@db/orders?sslmode=require',
    'failed to connect to mongodb+srv://svc:PW@cluster0.abcde.mongodb.net/test?retryWrites=true',
    'amqp://guest:PW@rabbit:5672/vhost',
    'redis://:PW@cache:6379/0',
    'rediss://default:PW@h:6380',
    'snowflake://u:PW@acct/db',
    'clickhouse://default:PW@h:9000/db',
    'nats://u:PW@h:4222',
    'mssql+pyodbc://sa:PW@h/db?driver=x',
    'smtp://u%40d:PW@mail:587',
    'https://x-access-token:PW@github.com/o/r.git',
    'dsn: u:PW@tcp(127.0.0.1:3306)/db',
    'Server=tcp:db.example.net,1433;Database=x;User ID=sa;Password=PW;Encrypt=true',
    'Data Source=.;Initial Catalog=db;User Id=sa;Pwd=PW',
    'server=db;uid=sa;pwd=PW;database=x',
    'jdbc:mysql://db:3306/x?user=root&password=PW',
    'jdbc:sqlserver://h:1433;databaseName=x;user=sa;password=PW;',
    'jdbc:oracle:thin:scott/PW@//host:1521/svc',
    'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="PW";',
    '$db_password .= "PW"',
    'DB_PASSWORD += "PW"',
    "@password ||= 'PW'",
    'conf.password ??= "PW"',
    'sshpass -p PW ssh root@h',
    'mysql -u root -pPW db',
    'PGPASSWORD=PW psql -h db',
    "export DB_PASS='PW'",
    'docker login -u me -p PW registry.io',
    "set password = PASSWORD('PW')",
    "ALTER USER app WITH PASSWORD 'PW'",
    'password is PW',
    'the password for admin is PW',
    'login with password "PW" failed',
    '{"password":"PW"}',
    '{\\"password\\":\\"PW\\"}',
    'password => PW',
    ':password=>"PW"',
    '<password>PW</password>',
    'password%3DPW',
    'user=a&password=PW',
    'Authorization: Bearer PWabc',
    '{"headers":{"Authorization":"Bearer PW"}}',
  ])('%s', (text) => {
    expectGone(text.replace('PW', PASSWORD), PASSWORD);
  });
});

describe('a key in', () => {
  test.each([
    ['an Azure connection string', `AccountName=a;AccountKey=${KEY};EndpointSuffix=core.windows.net`, KEY],
    [
      'a service bus connection string',
      `Endpoint=sb://n.example.net/;SharedAccessKeyName=Root;SharedAccessKey=${KEY}`,
      KEY,
    ],
    [
      'a shared access signature',
      `https://a.example.net/c/b?se=2024-01-01&sig=${encodeURIComponent(KEY)}`,
      KEY,
    ],
    ['a signed URL of Google', `https://example.com/b/o?Expires=1&Signature=${encodeURIComponent(KEY)}`, KEY],
    [
      'a presigned URL',
      `https://b.example.com/k?X-Amz-Credential=${ACCESS_KEY_ID}%2F20240101&X-Amz-Signature=${SIGNATURE}&X-Amz-Security-Token=${SESSION_TOKEN}`,
      ACCESS_KEY_ID,
      SIGNATURE,
      SESSION_TOKEN,
    ],
    [
      'a signed request',
      `Authorization: AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20240101/us-east-1/s3/aws4_request, Signature=${SIGNATURE}`,
      ACCESS_KEY_ID,
      SIGNATURE,
    ],
    ['environment variables', `AWS_SECRET_ACCESS_KEY=${SECRET_KEY} x`, SECRET_KEY],
    ['a credentials file', `aws_secret_access_key = ${SECRET_KEY}`, SECRET_KEY],
    [
      'JSON',
      JSON.stringify({ SecretAccessKey: SECRET_KEY, SessionToken: SESSION_TOKEN }),
      SECRET_KEY,
      SESSION_TOKEN,
    ],
    ['XML', `<SessionToken>${SESSION_TOKEN}</SessionToken>`, SESSION_TOKEN],
    ['a sentence', `session token ${SESSION_TOKEN} expired`, SESSION_TOKEN],
    ['a sentence without a name', `got ${SESSION_TOKEN} from the metadata service`, SESSION_TOKEN],
    ['a Basic header', `-H 'Authorization: Basic ${BASIC}'`, BASIC],
    ['an array of headers', JSON.stringify({ authorization: [`Basic ${BASIC}`] }), BASIC],
  ])('%s', (_, text, ...secrets) => {
    expectGone(text, ...secrets);
  });
});

describe('a private key', () => {
  test('goes as a whole behind a name', () => {
    const key = [
      '-----BEGIN RSA ',
      'PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7xMIIEpAIB\n-----END RSA PRIVATE KEY-----',
    ];
    expect(createMasker().text(`PRIVATE KEY: ${key.join('')}`)).toBe('PRIVATE KEY: ****');
  });

  const key = pem('PRIVATE KEY');

  test.each([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ])('as %s', (label) => {
    expectGone(`key:\n${pem(label)}\nend`, MATERIAL, 'abcDEF123');
  });

  test.each([
    ['in JSON', JSON.stringify({ k: key })],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ k: key }))],
    ['in a query', encodeURIComponent(key)],
    ['in a form', encodeURIComponent(key).replaceAll('%20', '+')],
    ['on one line', key.replaceAll('\n', ' ')],
    ['with escaped line ends', key.replaceAll('\n', '\\n')],
    ['cut off', key.slice(0, 70)],
  ])('%s', (_, text) => {
    expectGone(text, MATERIAL.slice(0, 30));
  });
});

describe('digits and separators of other scripts', () => {
  test.each([
    [
      'full-width digits',
      'card \uff14\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11\uff11 x',
      'card **** x',
    ],
    ['en dashes', '4111\u20131111\u20131111\u20131111', '****'],
    ['no-break spaces', '4111\u00a01111\u202f1111\u00a01111', '****'],
    ['Arabic digits', 'ssn \u0661\u0662\u0663-\u0664\u0665-\u0666\u0667\u0668\u0669', 'ssn ****'],
    ['a full-width at sign', 'to alice\uff20example.com', 'to ****'],
    ['a bank account', 'DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', '****'],
  ])('%s', (_, text, expected) => {
    expect(masker.text(text)).toBe(expected);
  });

  test('leave text of these scripts as it is', () => {
    for (const text of [
      '\u5317\u4eac \u2013 \u4e0a\u6d77 \uff13\uff10 \u5206',
      'naïve — 2024\u201325',
      '\u0661\u0662 \u0663',
    ])
      expect(masker.text(text)).toBe(text);
  });
});

test('a password goes from each of several hosts of a connection string', () => {
  const url = (password: string): string =>
    `jdbc:mysql://[(host=a,port=1,password=${password}),(host=b,port=2,password=${password})]/db`;
  expect(masker.text(url('swordfish'))).toBe(url('****'));
  expect(masker.attribute('server.url', url('swordfish'))).toBe(url('****'));
});

test('user information that says where it will be put in stays', () => {
  for (const userinfo of [`\${user}:\${password}`, '{user}:{password}', '{token}']) {
    const url = `https://${userinfo}@h.example/x`;
    expect(masker.text(`see ${url}`)).toBe(`see ${url}`);
  }
  expect(masker.text('https://user:{swordfish9}@h.example/x')).toBe('https://****:****@h.example/x');
});

test('a rule or an allow rule that keeps a name keeps the random value beside it', () => {
  const text = 'config.put("acme_token_name", "a1B2c3D4e5F6g7H8");';
  const odd = 'config.put("acme_token", "a1B2c3D4e5F6g7H8");';
  expect(masker.text(text)).toBe(text);
  expect(masker.text(odd)).toBe('config.put("acme_token", "****");');
  expect(createMasker({ allow: { keys: ['^acme_token$'] } }).text(odd)).toBe(odd);
  expect(createMasker({ keys: [{ pattern: '^acme_token$', action: 'keep' }] }).text(odd)).toBe(odd);
});

test('a token with a plus goes as a whole, where a query may mean a space by it', () => {
  const body = Buffer.from(
    'a token in base64 that has ~~~ and >>> and ??? in it, so that it needs a plus',
  ).toString('base64');
  expect(body).toContain('+');
  const token = joined('ops_', 'eyJ', body);
  const [, ...pieces] = token.split('+');
  expectGone(`https://api.example.com/v1?q=${token}&page=2`, ...pieces);
  expectGone(`q=${token}`, ...pieces);
  expect(masker.attribute('url.query', 'q=red+car+4111+1111+1111+1111&page=2')).not.toContain('1111');
  expect(masker.attribute('url.query', 'q=red+car&page=2')).toBe('q=red+car&page=2');
});

test('a short-lived access token of a file store is known by its length', () => {
  const body = 'Bx7Qk2Lm9Zr4Tn6Wc1Vd8Hs3Jf5Gp0Ya'.repeat(4).concat('-_u');
  expectGone(joined('sl.', body), body.slice(0, 12), body.slice(-12));
  expect(masker.text('see sl.Bx7Qk2Lm9Zr4 for more')).toBe('see sl.Bx7Qk2Lm9Zr4 for more');
});

test('a value is one whatever it begins with or looks like, where a name is given it', () => {
  expectGone(`krakenToken = -e_5b3=8rb2biz0t_${PASSWORD}`, PASSWORD);
  expectGone(`launchdarklyToken = b=5p23gz0inis9u8vt-${PASSWORD}`, PASSWORD);
  expectGone('System.setProperty("DISCORD_TOKEN", "55305834031534780747760307496015")', '5530583403153478');
  expectGone('System.setProperty("API_PASSWORD", "correct horse")', 'correct horse');
  expectGone('new Client().setPassword("letmein")', 'letmein');
  expectGone('Config.builder().user("bob").dbPassword("monkey").build()', 'monkey');
  expect(masker.text('z.string().password("expired")')).toBe('z.string().password("expired")');
  expectGone('<user password="ab:cd" id="1"/>', 'ab:cd');
  expectGone('let password: string = "letmein";', 'letmein');
  expectGone('db_password: Optional[str] = "correct horse"', 'correct horse');
  expectGone(
    'const secret = process.env.SECRET ?? "letmein"; const password = given.password || "monkey"',
    'letmein',
    'monkey',
  );
  expect(masker.text('setState("token", "expired")')).toBe('setState("token", "expired")');
  expect(masker.text('password= user=bob')).toBe('password= user=bob');
});

test('a prefix that says that it is a secret key needs nothing more', () => {
  const key = joined('AGE-SECRET-', 'KEY-1', 'Q'.repeat(58));
  expectGone(`ageToken := \`${key}\``, 'Q'.repeat(8));
  expectGone(key, 'Q'.repeat(8));
});

test('a member beside the value names it, wherever it stands in the object', () => {
  const gone = (object: object): void => expectGone(JSON.stringify(object), 'monkey7');
  gone({ type: 'field', value: 'monkey7', msg: 'Invalid value', path: 'password', location: 'body' });
  gone({ value: 'monkey7', x: 1, name: 'title', field: 'password' });
  gone({ type: 'password', value: 'monkey7', temporary: false });
  gone({ name: 'password', type: 'text', value: 'monkey7' });
  gone({ field: 'password', oldValue: 'monkey7', newValue: 'x' });
  gone({ field: 'password', rejectedValue: 'monkey7' });
  gone({ instancePath: '/password', data: 'monkey7' });
  const harmless = JSON.stringify({
    type: 'text',
    value: 'hello',
    name: 'title',
    data: 'x',
    from: 'a',
    to: 'b',
  });
  expect(masker.text(harmless)).toBe(harmless);
});

test('a sign that joins a value ends it only before the next pair', () => {
  expectGone('DB_PASSWORD=Tr0ub4dor&monkey7\nDB_HOST=h', 'monkey7');
  expectGone('User(name=bob, password=ab;monkey7, age=3)', 'monkey7');
  expect(masker.text('token=abc&page=1')).toBe('token=****&page=1');
  expect(masker.text('a=1;password=b;c=2')).toBe('a=1;password=****;c=2');
});

test.each([
  '<password value="monkey7"/>',
  '<property name="password">\n  <value>monkey7</value>\n</property>',
  '<Attribute Name="password"><AttributeValue>monkey7</AttributeValue></Attribute>',
  '<header name="X-Api-Key">monkey7</header>',
  '<data key="password">monkey7</data>',
  'password (temporary): monkey7',
  'Invalid API Key provided: monkey7',
  'the api key "monkey7" was refused',
  'Variable "$input" got invalid value "monkey7" at "input.password"; Expected type "Int".',
])('%s', (text) => {
  expectGone(text, 'monkey7');
});

test('a command is read also where its arguments are a list in JSON', () => {
  const args = JSON.stringify(['curl', '-u', 'bob:monkey7', 'https://x']);
  expect(masker.attribute('process.command_args', args)).toBe('["curl","-u","****","https://x"]');
  expect(masker.attribute('process.command_args', '["curl","https://x"]')).toBe('["curl","https://x"]');
});

test('values that were bound to a statement are masked as its literals are', () => {
  const bound = { 'db.statement': 'UPDATE u SET a = $1', 'db.postgresql.values': ['monkey7', '1'] };
  expect(masker.attributes(bound)).toEqual({ ...bound, 'db.postgresql.values': ['****', '****'] });
  expect(masker.attribute('db.mysql.values', '["monkey7"]')).toBe('****');
});

test('a statement is read as its database quotes', () => {
  const statement = (system: string, text: string): unknown =>
    masker.attributes({ 'db.system.name': system, 'db.query.text': text })['db.query.text'];
  expect(statement('microsoft.sql_server', 'SELECT "User"."id" FROM "user" "User"')).toBe(
    'SELECT "User"."id" FROM "user" "User"',
  );
  expect(statement('cassandra', 'INSERT INTO u (k,v) VALUES (1,$$monkey7$$)')).not.toContain('monkey7');
});

// Base64 with a slash, with padding, with few digits: no path.
const PADDED = joined('eqfN+/fPKvhxYd', 'jGHwjRf1==');

test.each([
  `Bearer ${PADDED}`,
  `h.Set("Authorization", "Bearer ${PADDED}")`,
  `the password is ${PADDED}`,
  `setApiKey("${PADDED}")`,
  `root:${PADDED}@tcp(db:3306)/shop`,
  `DSN=root:${PADDED}@unix(/tmp/mysql.sock)/shop`,
  `oktaToken,${PADDED},`,
  `oktaToken,03077:${PADDED},`,
  `fmt.Sprintf("Bearer %s", "${PADDED}")`,
])('base64 is no path: %s', (text) => expectGone(text, PADDED));

test('the password of a data source goes whole, whatever sign is in it', () => {
  expect(masker.text('u:a=1x@tcp(h:3306)/d')).toBe('****:****@tcp(h:3306)/d');
});

describe('names of sessions and of second factors', () => {
  const SESSION = '4f3a9b0c1d2e3f405162738495a6b7c8';

  test.each(['_shop_session', 'rack.session', 'ASP.NET_SessionId', 'rememberMe'])('%s', (name) => {
    expectGone(JSON.stringify({ [name]: SESSION }), SESSION);
    expectGone(`${name}=${SESSION}`, SESSION);
  });

  test.each(['two_factor', 'twoFactor', '2fa', 'mfa'])('%s', (name) => {
    expectGone(JSON.stringify({ [name]: '483920' }), '483920');
    const state = JSON.stringify({ [name]: true, and_rememberMe: true });
    expect(masker.text(state)).toBe(state);
    expect(masker.text(`${name}=required`)).toBe(`${name}=required`);
  });

  test.each(['community_string', 'enable_secret', 'xprv'])('%s', (name) => {
    expectGone(`${name}: pub1ic_ro`, 'pub1ic_ro');
  });
});
