import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  type Attributes,
  createMasker,
  fromCollector,
  type Masker,
  PolicyError,
  type RedactionConfig,
} from '../../src/index.js';
import { cpuMillisOf } from '../cpu-time.js';
import { type VectorCase, vectorCases } from '../vector-file.js';

/** What is done otherwise here, and why. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'db/mongo/find':
    'the unit test builds the obfuscator without enabling it; an enabled one masks, as db/with-system/mongodb says',
};
const KINDS = ['internal', 'server', 'client', 'producer', 'consumer'];
const DATABASES = ['sql', 'redis', 'valkey', 'memcached', 'mongo', 'opensearch', 'es'];

const masker = (config: RedactionConfig): Masker => createMasker(fromCollector(config));
const only = (config: RedactionConfig): Masker => masker({ allow_all_keys: true, ...config });
const everyDatabase = (attributes: readonly string[]) =>
  Object.fromEntries(DATABASES.map((name) => [name, { enabled: true, attributes }]));

function spanName(config: RedactionConfig, { name, kind, attributes = {} }: NamedSpan): string {
  const span = { kind: KINDS.indexOf(kind), attributes };
  return masker(config).spanName?.(name, span) ?? '';
}

interface NamedSpan {
  readonly name: string;
  readonly kind: string;
  readonly attributes?: Attributes;
}
interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** The result of a case, and what it was made from. */
const RUNS: Readonly<Record<string, (config: never, input: never) => unknown>> = {
  attributes: (config: RedactionConfig, input: { attributes: Attributes }) => ({
    attributes: masker(config).attributes(input.attributes),
  }),
  'span-name': spanName,
  url: ({ url_sanitizer }: RedactionConfig, input: string) =>
    only({ url_sanitizer: { ...url_sanitizer, attributes: ['url'] } }).attribute('url', input),
  'url-attribute': (config: RedactionConfig, { key, value }: KeyValue) => only(config).attribute(key, value),
  'db-attribute': (config: { system: string; attributes: string[] }, { key, value }: KeyValue) =>
    only({ db_sanitizer: everyDatabase(config.attributes) }).attributes({
      'db.system': config.system,
      [key]: value,
    })[key],
  'db-sequential': (config: { attributes: string[] }, { key, value }: KeyValue) =>
    only({
      db_sanitizer: { ...everyDatabase(config.attributes), allow_fallback_without_system: true },
    }).attribute(key, value),
  hash: (config: RedactionConfig, input: string) =>
    only({ ...config, blocked_key_patterns: ['.'] }).attribute('key', input),
};

function original({ kind, input }: VectorCase): unknown {
  if (kind === 'span-name') return (input as NamedSpan).name;
  return typeof input === 'object' && input !== null && 'value' in input ? input.value : input;
}

describe("the processor's own cases", () => {
  const cases = vectorCases('collector-redaction').filter(({ id }) => DEVIATIONS[id] === undefined);
  const replayed = cases.filter(({ kind }) => Object.hasOwn(RUNS, String(kind)));

  test('are replayed, save for the bodies of logs', () => {
    const left = cases.filter((one) => !replayed.includes(one)).map(({ kind }) => kind);
    expect(new Set(left)).toEqual(new Set(['log-body', 'config', 'db-system']));
    expect(replayed.length).toBe(230);
  });

  test.each(replayed)('$id', (one) => {
    const { kind, config, input, expect: expected } = one;
    const run = RUNS[String(kind)];
    const result = run?.(config as never, input as never);
    if (expected['unchanged'] === true) expect(result).toEqual(original(one));
    if ('equals' in expected) expect(result).toEqual(expected['equals']);
    for (const text of (expected['present'] ?? []) as string[]) expect(result).toContain(text);
    for (const text of (expected['absent'] ?? []) as string[]) expect(result).not.toContain(text);
  });

  test.each(cases.filter(({ kind }) => kind === 'config'))('$id', ({ input }) => {
    expect(fromCollector(input)).toEqual({ extends: [], redaction: input });
  });

  // MySQL alone has literals in double quotes.
  const spellings: Readonly<Record<string, string>> = {
    postgresql: 'SELECT "a", ?',
    mysql: 'SELECT ?, ?',
    '': 'SELECT "a", 1',
  };
  test.each(cases.filter(({ kind }) => kind === 'db-system'))('$id', ({ input, expect: expected }) => {
    const { attributes } = input as { attributes: Attributes };
    const mask = only({ db_sanitizer: everyDatabase(['query']) });
    const { query } = mask.attributes({ ...attributes, query: 'SELECT "a", 1' });
    expect(query).toBe(spellings[String(expected['equals'])]);
  });
});

describe('a bag of attributes', () => {
  test('comes back as it is when nothing in it is masked', () => {
    const attributes = { id: 5, name: 'x', list: ['4111111111111111'] };
    expect(only({ blocked_values: ['4[0-9]{15}'] }).attributes(attributes)).toBe(attributes);
  });

  test('is never written to', () => {
    const attributes = Object.freeze({ a: 'secret', b: Object.freeze(['secret']) });
    const masked = only({ blocked_values: ['secret'], redact_all_types: true }).attributes(attributes);
    expect(masked).toEqual({ a: '****', b: '["****"]' });
    expect(attributes).toEqual({ a: 'secret', b: ['secret'] });
  });

  test('is flattened by redact_all_types where something in it is masked', () => {
    const masked = only({ redact_all_types: true, blocked_values: ['secret', '<b>', 'true'] }).attributes({
      map: { z: 'secret', a: 1, h: '<b>' },
      flag: true,
      number: 1.5,
    });
    // Go writes `<` as an escape, so the pattern finds none of it.
    expect(masked).toEqual({ map: '{"a":1,"h":"\\u003cb\\u003e","z":"****"}', flag: '****', number: 1.5 });
  });

  test('counts empty matches as Go does', () => {
    expect(only({ blocked_values: ['x*'] }).attribute('a', 'axxb')).toBe('****a****b****');
    expect(only({ blocked_values: ['.*'] }).attribute('a', 'abc')).toBe('****');
  });

  test('is masked by a run of anything as it was written', () => {
    expect(only({ blocked_values: ['Bearer .*'] }).attribute('a', 'Bearer abc.def')).toBe('****');
  });

  test('keeps the lines of a value under a blocked key, and hashes each', () => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const mask = only({ blocked_key_patterns: ['tok'], hash_function: 'md5' });
    expect(mask.attribute('tok', 'a\n\nb')).toBe([md5('a'), md5(''), md5('b')].join('\n'));
    // Without redact_all_types a number has no text.
    expect(mask.attribute('tok', 5)).toBe(md5(''));
  });

  test('has a value masked that cannot be written as text', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    let shared: unknown = ['a'];
    for (let depth = 0; depth < 30; depth += 1) shared = [shared, shared];
    const attributes = { loop, shared, a: 'b' } as Attributes;
    const mask = only({ redact_all_types: true });
    expect(mask.attributes(attributes)).toEqual({ loop: '****', shared: '****', a: 'b' });
    expect(mask.counters().faults).toBe(2);
    expect(only({}).attributes(attributes)).toBe(attributes);
  });

  test('is emptied by a fault', () => {
    const attributes = Object.defineProperty({ a: 1 }, 'b', { enumerable: true, get: () => JSON.parse('{') });
    const mask = only({ blocked_values: ['x'] });
    expect(mask.attributes(attributes)).toEqual({});
    expect(mask.counters().faults).toBe(1);
  });

  test('keeps control characters unless the policy says otherwise', () => {
    const policy = fromCollector({ allow_all_keys: true, blocked_values: ['x'] });
    expect(createMasker(policy).attribute('a', 'x\u001b[1m')).toBe('****\u001b[1m');
    const escaping = createMasker({ ...policy, controlCharacters: 'escape' });
    expect(escaping.attribute('a', 'x\u001b[1m')).not.toContain('\u001b');
  });

  test('goes through the rest of the policy afterwards', () => {
    const policy = {
      ...fromCollector({ allow_all_keys: true, blocked_values: ['x+'] }),
      extends: 'default' as const,
    };
    const mask = createMasker(policy);
    expect(mask.attributes({ password: 'y', a: 'xx y' })).toEqual({ password: '****', a: '**** y' });
    expect(mask.explain('a', 'xx y')).toMatchObject({ action: 'mask', rule: 'redaction:blocked_values' });
    expect(mask.explain('password', 'y').rule).toContain('default');
  });

  test('explains a deleted key', () => {
    expect(masker({ allowed_keys: ['a'] }).explain('b', 1)).toMatchObject({
      action: 'drop',
      rule: 'redaction:allowed_keys',
      result: undefined,
    });
  });
});

describe('statements', () => {
  const sql = (system: string, text: string): unknown =>
    only({ db_sanitizer: everyDatabase(['q']) }).attributes({ 'db.system.name': system, q: text })['q'];

  test.each([
    [
      'mysql',
      "SELECT NULL, TRUE, $1, ?, :name, @p1 FROM users_2024 WHERE a.b2 = 'x'",
      'SELECT ?, ?, ?, ?, :name, @p1 FROM users_? WHERE a.b? = ?',
    ],
    ['postgresql', "SELECT $$a 'b'$$, $func$ select 42 $func$", 'SELECT ?, $func$select ?$func$'],
    ['sqlite', "SELECT 'cut off", 'SELECT ?'],
    ['postgresql', "SELECT $tag$ cut off 'x", 'SELECT ?'],
    // Nobody can tell whether the backslash escapes the quote: nothing behind it is shown.
    ['postgresql', "SELECT 'C:\\', secret, 'x'", 'SELECT ?'],
    ['mysql', "SELECT 'it\\'s', x", 'SELECT ?, x'],
    ['mysql', 'SELECT "double", `b1` # 5', 'SELECT ?, `b?` # 5'],
    ['mysql', "INSERT INTO t (a, b) VALUES ('x', 1), ('y', 2)", 'INSERT INTO t ( a, b ) VALUES ( ? )'],
    ['memcached', 'set k 0 0 5\nvalue', 'set k 0 0 5'],
    ['redis', 'HELLO 3 AUTH default pw', 'HELLO 3 AUTH ?'],
    ['redis', 'SET  k  v', 'SET k ?'],
    ['mongodb', '{"a": "cut o', '{"a":"?"...'],
    ['mongodb', '{"a":1,"secr', '{"a":"?","?"...'],
    ['mongodb', ' {"a" : [1, true, null, {"b":"c"}], "k": {}}', '{"a":["?","?","?",{"b":"?"}],"k":{}}'],
    ['elasticsearch', '{"a": 1} {"b": 2}', '{"a":"?"}...'],
    ['cassandra', 'SELECT 1', 'SELECT 1'],
  ])('of %s: %s', (system, text, masked) => {
    expect(sql(system, text)).toBe(masked);
    expect(sql(system, masked)).toBe(masked);
  });

  test.each(vectorCases('redis-datadog').filter(({ op }) => op === 'json-obfuscate'))(
    'as in the agent: $id',
    ({ config, input, expect: expected }) => {
      // What a configuration of the agent keeps, the processor has no word for: then only the shape is compared.
      const masked = JSON.parse(String(sql('mongodb', String(input))));
      if (config === undefined) expect(masked).toEqual(expected['equalsJson']);
      else expect(leavesOf(masked)).toEqual(new Set(['?']));
    },
  );

  test.each(
    vectorCases('redis-datadog').filter(
      ({ op, config }) => op === 'memcached-obfuscate' && (config as { keepCommand: boolean }).keepCommand,
    ),
  )('as in the agent: $id', ({ input, expect: expected }) => {
    expect(sql('memcached', String(input))).toBe(expected['equals'] ?? input);
  });

  test.each(vectorCases('redis-otel-js'))(
    'that an instrumentation has masked stay: $id',
    ({ expect: expected }) => {
      expect(sql('redis', String(expected['equals']))).toBe(expected['equals']);
    },
  );
});

function leavesOf(value: unknown): ReadonlySet<unknown> {
  if (typeof value !== 'object' || value === null) return new Set([value]);
  return new Set(Object.values(value).flatMap((member) => [...leavesOf(member)]));
}

describe('URLs', () => {
  const url = (text: string): unknown =>
    only({ url_sanitizer: { enabled: true, attributes: ['u'] } }).attribute('u', text);

  test.each([
    ['https://example.com/users/42?x=1', '*//example.com/users/*'],
    ['/api/v1/k8s/oauth2', '/api/v1/k8s/*'],
    ['GET /api/v1/users/123', 'GET /api/v1/users/*'],
    ['/users/bob@example.com/résumé', '/users/*/*'],
    ['/users/fdklsd/j4elk/23993/job/2', '/users/*/j4elk/*/job/*'],
    ['/attach?session_id=x&y=z', '/attach'],
    ['/a#b', '/a'],
    ['?x=1', ''],
    ['/a/b/c/d/e/f/g/h/i/j/secret', '/a/b/c/d/e/f/g/h/i'],
    ['/usuarios/fdklsd/trabajo/2', '/usuarios/*/trabajo/*'],
  ])('%s becomes %s', (text, clustered) => {
    expect(url(text)).toBe(clustered);
  });
});

describe('a configuration', () => {
  const faults = (config: unknown): string[] => {
    try {
      fromCollector(config);
    } catch (error) {
      if (error instanceof PolicyError) return error.faults.map(({ path }) => path);
    }
    return [];
  };

  test.each<[unknown, string[]]>([
    [null, ['']],
    ['redaction', ['']],
    [{ bogus: 1 }, ['bogus']],
    [{ allow_all_keys: 'true' }, ['allow_all_keys']],
    [{ allowed_keys: 'id' }, ['allowed_keys']],
    [{ allowed_keys: ['id', 5] }, ['allowed_keys[1]']],
    [{ blocked_values: ['('] }, ['blocked_values[0]']],
    [{ blocked_values: ['(?=a)'] }, ['blocked_values[0]']],
    [{ summary: 'verbose' }, ['summary']],
    [{ hash_function: 'sha256' }, ['hash_function']],
    [{ hash_function: 'hmac-sha256' }, ['hmac_key']],
    [{ hash_function: 'hmac-sha512', hmac_key: 'x'.repeat(32) }, ['hmac_key']],
    [{ hash_function: 'hmac-sha256', hmac_key: `\${env:${'X'.repeat(32)}}` }, ['hmac_key']],
    [{ url_sanitizer: { enabled: 1, urls: [] } }, ['url_sanitizer.urls', 'url_sanitizer.enabled']],
    [{ db_sanitizer: { sql: true, oracle: {} } }, ['db_sanitizer.oracle', 'db_sanitizer.sql']],
    [{ processors: { batch: {} } }, ['processors']],
    [{ redaction: {}, 'redaction/2': {} }, ['']],
    [{ processors: { 'redaction/pii': { bogus: 1 } } }, ['processors.redaction/pii.bogus']],
    [{ redaction: 5 }, ['redaction']],
  ])('%j is refused', (config, paths) => {
    expect(faults(config).sort()).toEqual([...paths].sort());
  });

  test('is found in the configuration of a Collector', () => {
    const redaction = { allow_all_keys: true, blocked_values: ['x'] };
    const policy = { extends: [], redaction };
    expect(fromCollector(redaction)).toEqual(policy);
    expect(fromCollector({ 'redaction/pii': redaction, batch: null })).toEqual(policy);
    expect(fromCollector({ receivers: {}, processors: { batch: null, redaction } })).toEqual(policy);
    expect(fromCollector({ processors: { redaction: null } })).toEqual({ extends: [], redaction: {} });
  });

  test('can name its hash function in any case', () => {
    const policy = fromCollector({ hash_function: 'HMAC-SHA256', hmac_key: 'k'.repeat(32) });
    expect(policy.redaction?.hash_function).toBe('hmac-sha256');
    expect(createMasker(policy).attributes({ a: 1 })).toEqual({});
  });

  test('can leave members empty, as YAML does', () => {
    const config = {
      allow_all_keys: null,
      allowed_keys: null,
      url_sanitizer: null,
      db_sanitizer: { sql: null },
    };
    expect(faults(config)).toEqual([]);
  });

  test('is checked in a policy too', () => {
    const policy = { extends: [], redaction: { blocked_values: [5] } };
    expect(() => createMasker(policy as never)).toThrow(PolicyError);
  });
});

describe('hostile text takes linear time:', () => {
  const config = {
    blocked_values: ['4[0-9]{12}(?:[0-9]{3})?', '.*secret.*'],
    url_sanitizer: { enabled: true, attributes: ['u'] },
    db_sanitizer: everyDatabase(['q']),
  };
  const texts = [
    'a',
    '/',
    '/a1',
    "'",
    '"',
    '{"a":',
    '[',
    '\\',
    '$a$',
    '(?,',
    '4111111111111',
    'secret\n',
    '/*',
    '? ',
  ];
  test.each(texts)('%j', (unit) => {
    const mask = only(config);
    const text = unit.repeat(Math.ceil(200_000 / unit.length));
    for (const system of ['mysql', 'postgresql', 'redis', 'mongodb', 'memcached']) {
      const attributes = { 'db.system': system, u: text, q: text };
      expect(cpuMillisOf(() => mask.attributes(attributes))).toBeLessThan(2000);
      mask.spanName?.(`INSERT ${text}`, { kind: 2, attributes });
    }
    expect(mask.counters().faults).toBe(0);
  });

  test('a pattern that looks at all of the rest for each of its matches', () => {
    const mask = only({ blocked_values: ['a(.*b)?'] });
    const text = 'a'.repeat(100_000);
    expect(cpuMillisOf(() => mask.attribute('a', text))).toBeLessThan(3000);
    // What it did not get to is masked as one.
    expect(mask.attribute('a', text)).toMatch(/^(?:\*\*\*\*)+$/);
    expect(mask.attribute('a', 'aa')).toBe('********');
  });
});
