import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  base62,
  recorded,
  requestOf,
  scanned,
  scannedAttribute,
  seededText,
  textAttribute,
} from './captures.js';

const random = (length: number, alphabet = base62) =>
  seededText(length * 7 + alphabet.length, length, alphabet);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => createHash('sha256').update(text).digest('hex');
const json = (value: unknown) => JSON.stringify(value);

/** What the default policy leaves, and the search finds by rules of its own. */
const leaks: [kind: string, key: string, value: string][] = [
  ['high-entropy', 'blob', random(43)],
  ['high-entropy', 'blob', random(16)],
  ['high-entropy', 'blob', random(32, 'abcdefghijklmnopqrstuvwxyz0123456789')],
  ['high-entropy', 'blob', random(32, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')],
  ['high-entropy', 'blob', `${random(43, `${base62}-_`)}=`],
  ['high-entropy', 'exception.message', `cannot use ${random(36)} here`],
  ['high-entropy', 'url.full', `https://shop.example/orders/${random(32)}/items?page=2`],
  ['high-entropy', 'db.query.text', `SELECT * FROM t -- ${random(40)}x`],
  ['high-entropy', 'http.request.body', json({ deep: [{ blob: random(43) }] })],
  ['high-entropy', 'http.request.body', `{"cut":1,"blob":"${random(43)}","and so o`],
  ['token-shape', 'note', `acme-live-${random(24)}`],
  ['token-shape', 'note', `use key_${random(16)} for it`],
  ['password-shape', 'note', 'Tr0ub4dor&3x'],
  ['suspicious-name', 'lozinka', 'suncokret'],
  ['suspicious-name', 'login.geslo', 'soncnica'],
  ['suspicious-name', 'http.request.body', json({ user: { lozinka: 'suncokret' } })],
  ['suspicious-name', 'signing_seed', hex('seed')],
  ['suspicious-name', 'session.handle', random(16)],
  ['suspicious-name', 'customer.cnpj', '11.444.777/0001-61'],
  ['suspicious-name', 'patient.diagnosis', 'influenza'],
  ['encoded-content', 'state', base64(json({ user: 'bob', password: 'correct horse' }))],
  ['encoded-content', 'state', base64('{"contact":"carol@example.com"}').replaceAll('=', '')],
  ['encoded-content', 'state', base64('service:correcthorse1')],
  ['encoded-content', 'state', base64(json({ user: 'alice', role: 'admin' }))],
  ['encoded-content', 'note', `sent ${base64('admin:correct-horse-battery')} again`],
  ['personal-data', 'caller', '203.0.113.9'],
  ['personal-data', 'message', 'call me at +49 30 901820 today'],
  ['personal-name', 'user.full_name', 'Carol Jones'],
  ['personal-name', 'http.request.body', json({ customer: { lastName: 'Jones' } })],
];

const spoken = [
  'Tr0ub',
  'girasol',
  'girassol',
  'sonnenblume',
  '111.444',
  '203.0',
  '30901820',
  'Jones',
  'correct',
];

test.each(leaks)('%s in %s is found', (kind, key, value) => {
  const report = scannedAttribute(key, value);
  expect(report.result).toBe('leaks');
  expect(report.leaks).toEqual([
    expect.objectContaining({ kind, key, field: 'attribute', count: 1, services: ['checkout'] }),
  ]);
  const text = JSON.stringify(report.leaks);
  for (const part of value.match(/[A-Za-z0-9+/]{12,}/g) ?? []) expect(text).not.toContain(part.slice(2, 8));
  for (const word of spoken) expect(text).not.toContain(word);
});

const uuid = '018f3c5e-9a41-7c3b-8f6d-2b1e4a5c7d90';
/** What traces are full of, and nobody needs to hide. */
const clean: [what: string, key: string, value: string][] = [
  ['a uuid', 'request.ref', uuid],
  ['a uuid in a path', 'url.full', `https://shop.example/v1/orders/${uuid}/lines/7?include=tax`],
  ['a uuid under a session', 'session.id', uuid],
  ['a SHA-256', 'build.output', hex('x')],
  ['a hash in capitals', 'build.output', hex('x').toUpperCase()],
  ['a trace parent', 'traceparent', `00-${hex('t').slice(0, 32)}-${hex('s').slice(0, 16)}-01`],
  [
    'a trace id in a message',
    'message',
    `trace ${hex('t').slice(0, 32)} span ${hex('s').slice(0, 16)} sampled`,
  ],
  ['an image digest', 'container.image.repo_digests', `registry.example/shop@sha256:${hex('i')}`],
  ['an integrity', 'script', `sha384-${createHash('sha384').update('s').digest('base64')}`],
  ['a git commit', 'vcs.ref.head.revision', hex('g').slice(0, 40)],
  ['an object id', 'mongo.document', hex('m').slice(0, 24)],
  ['a ULID', 'order.number', '01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['a KSUID', 'order.number', '2bUGq0oqYLJ9u3ZnDTIhkEHz9aF'],
  ['an id of a payment', 'url.full', 'https://pay.example/v1/payment_intents/pi_3MtwBwLkdIwHu7ix28a3tqPa'],
  ['an id of a completion', 'gen_ai.response.id', 'chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG'],
  ['a request id', 'aws.request.extended_id', random(76, `${base62}+/`)],
  ['a timestamp', 'started', '2026-11-28T12:34:56.789012345Z'],
  ['nanoseconds', 'started', '1767225600000000000'],
  [
    'a URL',
    'url.full',
    'https://www.shop.example:8443/a/b.html?page=2&sort=created_at&filter=region%3Dnorth#top',
  ],
  [
    'a browser',
    'user_agent.original',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  ],
  [
    'a client',
    'user_agent.original',
    'aws-sdk-js/3.901.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#22.20.0 api/s3#3.901.0 m/N,E,e',
  ],
  ['a version', 'service.version', '4.2.0-beta.12+build.5114f85'],
  [
    'a statement',
    'db.query.text',
    'SELECT o.id, c.name FROM orders AS o JOIN customers c ON c.id = o.customer_id WHERE o.status IN (?, ?) LIMIT ?',
  ],
  [
    'a stack',
    'exception.stacktrace',
    `TypeError: Cannot read properties of undefined (reading 'id')\n    at getCustomerAccountBalanceV2 (/srv/app/node_modules/.pnpm/@opentelemetry+instrumentation-http@0.301.0_@opentelemetry+api@1.10.0/node_modules/@opentelemetry/instrumentation-http/build/src/http.js:412:19)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`,
  ],
  [
    'a Java stack',
    'exception.stacktrace',
    'java.lang.IllegalStateException: no route\n\tat org.springframework.web.method.annotation.RequestHeaderMapMethodArgumentResolver$$EnhancerBySpringCGLIB$$8f2c1d3e.invoke(<generated>)\n\tat com.example.Foo$Bar1.run(Foo.java:12)',
  ],
  ['a pod', 'k8s.pod.name', 'checkout-api-7d9f8b6c5d-x2k4q'],
  [
    'a role',
    'aws.role',
    'arn:aws:iam::123456789012:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
  ],
  ['a class', 'code.namespace', 'com.example.payments.gateway.AbstractTransactionRetryPolicyFactoryBean'],
  ['a constant', 'error.type', 'ERR_TLS_CERT_ALTNAME_INVALID_FOR_HOSTNAME'],
  ['a file', 'asset', '/assets/index-BxK3k2jQ.js'],
  ['a package', 'module', '@aws-sdk/client-s3@3.901.0'],
  [
    'a locale and types',
    'http.request.header.accept',
    'text/html,application/xhtml+xml;q=0.9,image/webp,*/*;q=0.8',
  ],
  [
    'a boundary',
    'http.request.header.content-type',
    'multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW',
  ],
  ['an id of a query language', 'node', base64('Order:10012')],
  ['encoded prose', 'note', base64('The quick brown fox jumps over the lazy dog')],
  ['an encoded cursor', 'after', base64('{"id":10012,"direction":"next"}')],
  ['a picture', 'body', `data:image/png;base64,iVBORw0KGgo${random(300, `${base62}+/`)}`],
  [
    'a certificate',
    'tls.server.certificate',
    `-----BEGIN CERTIFICATE-----\n${random(64, `${base62}+/`)}\n${random(65, `${base62}+/`)}\n-----END CERTIFICATE-----`,
  ],
  ['a private address', 'client.address', '10.1.0.7'],
  ['a loopback address', 'network.peer.address', '127.0.0.1'],
  ['an alphabet', 'note', 'abcdefghijklmnopqrstuvwxyz0123456789'],
  ['a placeholder', 'note', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ['a phrase', 'message', 'internationalization of Donaudampfschifffahrtsgesellschaft failed'],
  ['a masked value', 'password', '****'],
  ['an answer', 'oauth.enabled', 'true'],
  ['a method of login', 'auth.method', 'oauth2'],
  ['numbers', 'gen_ai.usage.input_tokens', '1024'],
];

test.each(clean)('%s is no leak', (_, key, value) => {
  expect(scannedAttribute(key, value).leaks).toEqual([]);
});

test('the address of a server is nobody’s, the address of a caller is somebody’s', () => {
  const attributes = [textAttribute('network.peer.address', '198.51.100.7')];
  expect(scanned([requestOf({ kind: 3, attributes })]).result).toBe('clean');
  expect(scanned([requestOf({ kind: 2, attributes })]).result).toBe('leaks');
});

test('identifiers of a thousand spans raise no alarm, random secrets of the same number nearly always do', () => {
  const seeds = Array.from({ length: 1000 }, (_, seed) => seed);
  const pod = (seed: number) =>
    `api-${seededText(seed, 10, 'bcdfghjklmnpqrstvwxz2456789')}-${seededText(seed + 1, 5, 'bcdfghjklmnpqrstvwxz2456789')}`;
  const ids = seeds.flatMap((seed) => [
    requestOf({
      attributes: [
        textAttribute('thing', hex(String(seed))),
        textAttribute('host', pod(seed)),
        textAttribute('order.id', seededText(seed, 21, base62)),
      ],
    }),
  ]);
  expect(scanned(ids).leaks).toEqual([]);
  const secrets = seeds.map((seed) =>
    requestOf({ attributes: [textAttribute('thing', seededText(seed, 24, base62))] }),
  );
  const found = scanned(secrets).leaks.reduce((sum, { count }) => sum + count, 0);
  expect(found).toBeGreaterThanOrEqual(985);
});

describe('captures of the default policy', () => {
  test.each(['bench-lean.json.gz', 'bench-heavy.json.gz'])('%s has nothing left', (name) => {
    const report = scanned(recorded(name));
    expect(report).toMatchObject({ result: 'clean', leaks: [], moreLeaks: 0, exempted: [], faults: 0 });
    expect(report.masked.values).toBeGreaterThan(0);
  });

  test('recorded spans have only the callers’ addresses left, which the default policy keeps', () => {
    const report = scanned(recorded('span-dumps.jsonl.gz'));
    expect(report.leaks.map(({ key }) => key).sort()).toEqual(['client.address', 'http.client_ip']);
    expect(scanned(recorded('span-dumps.jsonl.gz'), { extends: ['default', 'pii'] }).result).toBe('clean');
  });
});

describe('a narrower policy', () => {
  const requests = recorded('span-dumps.jsonl.gz');

  test('leaves what the presets default and pii would find, and spans of secret stores', () => {
    const { leaks } = scanned(requests, { extends: [] });
    const kinds = new Set(leaks.map(({ kind }) => kind));
    for (const kind of ['secret-name', 'personal-data', 'personal-name', 'secret-store'])
      expect(kinds).toContain(kind);
    expect(leaks.filter(({ kind }) => kind === 'secret-store')).toContainEqual(
      expect.objectContaining({
        field: 'span',
        proposal: expect.objectContaining({ addition: { services: ['aws'] } }),
      }),
    );
  });

  test.each([
    ['db.query.text', "UPDATE users SET password = 'hunter2' WHERE id = 7"],
    ['db.query.text', "INSERT INTO users (name, password) VALUES ('bob', 'hunter2')"],
    ['url.full', 'https://bob:hunter2@shop.example/'],
    ['process.command_line', 'mysql -u root -phunter2'],
  ])('leaves what is a secret for its place in %s: %s', (key, value) => {
    const { leaks } = scannedAttribute(key, value, { extends: [] });
    expect(leaks).toEqual([expect.objectContaining({ kind: 'secret-place', proposal: expect.anything() })]);
    expect(scannedAttribute(key, value).result).toBe('clean');
  });

  test('leaves commands of Redis, known by the neighbour that names the dialect', () => {
    const attributes = [
      textAttribute('db.system.name', 'redis'),
      textAttribute('db.query.text', 'SET user:42 hunter2'),
    ];
    const { leaks } = scanned([requestOf({ attributes })], { extends: [] });
    expect(leaks).toEqual([expect.objectContaining({ kind: 'secret-place', key: 'db.query.text' })]);
  });

  test('may leave a statement that names no secret', () => {
    const statement = "SELECT * FROM orders WHERE status = 'open' AND id = 7";
    expect(scannedAttribute('db.query.text', statement, { extends: [] }).result).toBe('clean');
  });

  test.each(['[gone]', '--x--', '$&', '\u00a7 (a|b)'])(
    'is not blamed for what it masked in its own way: %s',
    (mask) => {
      const policy = {
        extends: [],
        keys: [
          { pattern: 'secret', action: 'partial' as const },
          { pattern: 'token', action: 'hash' as const },
        ],
        mask,
        hashKey: `hex:${'ab'.repeat(32)}`,
      };
      const body = json({ secret: 'correct horse battery', token: random(43) });
      expect(scannedAttribute('http.request.body', body, policy).result).toBe('clean');
      expect(scannedAttribute('client.secret', 'correct horse battery', policy).result).toBe('clean');
    },
  );
});

describe('what the policy keeps on purpose', () => {
  test('is told, and no leak', () => {
    const report = scannedAttribute('blob', random(43), { allow: { keys: ['^blob$'] } });
    expect(report).toMatchObject({ result: 'clean', leaks: [] });
    expect(report.exempted).toEqual([
      expect.objectContaining({ key: 'blob', kind: 'high-entropy', count: 1 }),
    ]);
    const kept = scannedAttribute('token', 'abc', { keys: [{ pattern: 'token', action: 'keep' }] });
    expect(kept.exempted).toEqual([expect.objectContaining({ key: 'token', kind: 'secret-name' })]);
  });

  test('can be one value, in the middle of a text', () => {
    const allow = { values: [random(43)] };
    const kept = scannedAttribute('note', `cannot use ${random(43)} here`, { allow });
    expect(kept).toMatchObject({ result: 'clean', exempted: [{ key: 'note', kind: 'high-entropy' }] });
    expect(scannedAttribute('note', `cannot use ${random(44)} here`, { allow }).result).toBe('leaks');
    const mail = { extends: [], values: ['email' as const], allow: { values: ['help@example\\.com'] } };
    expect(scannedAttribute('note', 'ask help@example.com', mail)).toMatchObject({
      result: 'clean',
      exempted: [{ detector: 'email' }],
    });
  });

  test('does not hide the same thing elsewhere', () => {
    const attributes = [textAttribute('blob', random(43)), textAttribute('other', random(43))];
    const report = scanned([requestOf({ attributes })], { allow: { keys: ['^blob$'] } });
    expect(report.leaks.map(({ key }) => key)).toEqual(['other']);
  });
});

test('counts by rule, field and service say what the policy does', () => {
  const span = (email: string) => ({
    attributes: [textAttribute('contact', email), textAttribute('page', '3')],
  });
  const store = {
    attributes: [textAttribute('rpc.system', 'aws-api'), textAttribute('rpc.service', 'SecretsManager')],
  };
  const report = scanned([
    requestOf(span('a@example.com'), 'shop'),
    requestOf(span('b@example.com'), 'shop'),
    requestOf(span('none'), 'cart'),
    requestOf({ ...store, spanId: 'b7ad6b7169203332' }, 'cart'),
  ]);
  expect(report).toMatchObject({ result: 'clean', requests: 4, spans: 4 });
  expect(report.masked).toMatchObject({
    values: 2,
    rules: [{ rule: 'email', values: 2 }],
    fields: [{ field: 'attribute', key: 'contact', values: 3, masked: 2 }],
    sensitiveSpans: [{ service: 'secretsmanager', preset: 'aws', spans: 1 }],
  });
  const [shop, cart] = [...report.masked.services].sort((one, other) => other.masked - one.masked);
  expect(shop).toMatchObject({
    service: 'shop',
    spans: 2,
    masked: 2,
    fields: { attribute: { values: 4, masked: 2, leaks: 0 } },
  });
  expect(cart).toMatchObject({ service: 'cart', spans: 2, masked: 0 });
});

test('names that are secrets are not shown, wherever a name stands', () => {
  const token = random(43);
  const attributes = [
    textAttribute(token, 'x'),
    textAttribute('map', json({ [token]: { [`b-${token}`]: '203.0.113.7' } })),
  ];
  const report = scanned([requestOf({ attributes }, token)], { extends: [] });
  expect(report.result).toBe('leaks');
  expect(JSON.stringify(report)).not.toContain(token.slice(0, 8));
  expect(report.leaks.every(({ proposal }) => proposal !== undefined)).toBe(true);
});

test('the report stays small whatever comes', () => {
  const many = Array.from({ length: 6000 }, (_, at) =>
    requestOf({ attributes: [textAttribute(`key.${at}`, seededText(at, 30, base62))] }, `service-${at}`),
  );
  const report = scanned(many);
  expect(report.leaks).toHaveLength(500);
  expect(report.moreLeaks).toBeGreaterThan(5400);
  expect(report.masked.services.length).toBeLessThanOrEqual(501);
  expect(report.masked.fields.length).toBeLessThanOrEqual(5001);
  expect(report.result).toBe('leaks');
});

const longText = 400_000;
const hostile: [string, string][] = [
  ['one random word', seededText(1, longText, base62)],
  ['words between slashes', 'aB3/'.repeat(longText / 4)],
  ['random words', Array.from({ length: 12_000 }, (_, at) => seededText(at, 32, base62)).join(' ')],
  ['short base64', 'YWJjZGVmZ2hpamtsbW5v '.repeat(longText / 21)],
  [
    'base64 in base64',
    Buffer.from(Buffer.from(base64('{"a":"b"}').repeat(8_000)).toString('base64')).toString('base64'),
  ],
  ['open blocks', '-----BEGIN CERTIFICATE'.repeat(longText / 22)],
  ['pictures', 'data:image/png;base64,'.repeat(longText / 22)],
  ['names', 'password '.repeat(longText / 9)],
  ['one name', 'a'.repeat(longText)],
  ['braces', '{"a":'.repeat(longText / 5)],
  ['arrays', `${'['.repeat(40_000)}${']'.repeat(40_000)}`],
  ['members', json(Object.fromEntries(Array.from({ length: 24_000 }, (_, at) => [`k${at}`, 'v'])))],
];

test.each(hostile)('%s are searched in linear time', (_, text) => {
  const cost = (value: string) => {
    const started = process.cpuUsage();
    scannedAttribute('note', value);
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  cost(text.slice(0, 20_000));
  // Ten times the text may take ten times the time, not a hundred times.
  const tenth = cost(text.slice(0, text.length / 10));
  expect(cost(text)).toBeLessThan(30 * (tenth + 30));
});
