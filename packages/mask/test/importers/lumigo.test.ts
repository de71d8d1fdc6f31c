import { describe, expect, test } from '@jest/globals';
import {
  type Attributes,
  type AttributeValue,
  createMasker,
  fromLumigo,
  PolicyError,
} from '../../src/index.js';
import { type VectorCase, vectorCases } from '../vector-file.js';

type Env = Record<string, string>;

/** What is done otherwise here, and why. */
const DEVIATIONS: Readonly<Record<string, string>> = {
  'exact-path/4': 'a password in a JSON string inside of JSON is masked too',
  'exact-path/6': 'the blank behind the inner JSON stays, since nothing is written anew',
  'distro/http/json/symbol': 'no attribute holds a symbol',
};
/** Cases of the serialiser: how it cuts off, leaves out cycles and takes paths of its caller out of masking. */
const SERIALISER = [
  'payload/truncate',
  'payload/huge',
  'payload/circular',
  'payload/bigint',
  'payload/skip-path',
];
const CONTEXTS: Readonly<Record<string, string>> = {
  requestBody: 'http.request.body',
  requestHeaders: 'http.request.headers',
  responseBody: 'http.response.body',
  responseHeaders: 'http.response.headers',
  environment: 'process.environ',
};

const masker = (env: Env = {}) => createMasker(fromLumigo(env));
/** The tracers write text that is no JSON as a JSON string. */
const asWritten = (value: AttributeValue): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

interface HttpInfo {
  readonly request?: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
}

/** The bodies and headers of a span of the tracer, as attributes. */
function httpAttributes(span: unknown): Attributes {
  const { httpInfo = {} } = (span as { info: { httpInfo?: HttpInfo } }).info;
  const entries = (['request', 'response'] as const).flatMap((side) =>
    ['body', 'headers'].flatMap((part) => {
      const content = httpInfo[side]?.[part];
      if (content === undefined) return [];
      return [
        [`http.${side}.${part}`, typeof content === 'string' ? content : JSON.stringify(content)] as const,
      ];
    }),
  );
  return Object.fromEntries(entries);
}

const RUNS: Readonly<Record<string, (env: Env, one: VectorCase) => void>> = {
  payloadStringify: (env, { input, expect: expected }) => {
    expect(masker(env).attribute('http.request.body', JSON.stringify(input))).toBe(expected['equals']);
  },
  shallowMask: (env, { config, input, expect: expected }) => {
    const { context } = config as { context: string };
    const masked = masker(env).attribute(CONTEXTS[context] ?? context, input as AttributeValue);
    expect(masked).toEqual(expected['equals']);
  },
  scrubQueryParams: (env, { input, expect: expected }) => {
    for (const key of ['url.query', 'url.full', 'http.target']) {
      expect(masker(env).attribute(key, input as string)).toBe(expected['equals']);
    }
  },
  shouldScrubDomain: (env, { input, expect: expected }) => {
    const url = typeof input === 'string' ? input : undefined;
    expect(masker(env).sensitiveService({ 'url.full': url }) !== undefined).toBe(expected['equals']);
  },
  scrubHttpSpan: (env, { input, expect: expected }) => {
    const masked = masker(env).attributes(httpAttributes(input));
    if (expected['equals'] === undefined) return;
    for (const [key, value] of Object.entries(httpAttributes(expected['equals']))) {
      const wanted = String(value).replace(/\.\.\.\[too long\]$/, '');
      // What the serialiser leaves out of a text that was cut off stays here; it holds no secret.
      if (wanted === value) expect(asWritten(masked[key])).toEqual(asWritten(value));
      else expect(String(masked[key]).slice(0, wanted.length - 2)).toBe(wanted.slice(0, -2));
    }
  },
  sendSpans: (env, { input }) => {
    for (const span of input as Attributes[]) expect(masker(env).attributes(span)).toBe(span);
  },
  maskLambdaEvent: (env, { input, expect: expected }) => {
    const event = structuredClone(input) as AttributeValue;
    expect(masker(env).attribute('faas.event', event)).toEqual(expected['equals']);
    expect(event).toEqual(input);
  },
  scrubHttpPayload: (env, { input }) => {
    const value = input as AttributeValue;
    expect(masker(env).attribute('http.request.body', value)).toBe(value);
  },
  maskEnvironment: (env, { input, expect: expected }) => {
    const environ = input as Record<string, string>;
    expect(masker(env).attribute('process.environ', environ)).toEqual(expected['equals']);
    const text = masker(env).attribute('process.environ', JSON.stringify(environ));
    expect(asWritten(text)).toEqual(expected['equals']);
  },
  maskLog: (env, { input }) => {
    const { body } = input as { body: string };
    expect(masker(env).text(body)).toBe(body);
  },
  maskSpanAttributes: (env, { input, expect: expected }) => {
    const masked = masker(env).attributes(input as Attributes);
    for (const [key, value] of Object.entries((expected['equals'] ?? {}) as Attributes)) {
      expect(asWritten(masked[key])).toEqual(asWritten(value));
    }
    for (const text of (expected['absent'] ?? []) as string[])
      expect(JSON.stringify(masked)).not.toContain(text);
  },
  keyRegexes: (env, { expect: expected }) => {
    const { keys = [] } = fromLumigo(env);
    expect(keys.map((key) => `/${typeof key === 'string' ? key : key.pattern}/i`)).toEqual(
      expected['equals'],
    );
  },
};

describe("the tracers' own cases", () => {
  const cases = vectorCases('lumigo').filter(
    ({ id }) => DEVIATIONS[id] === undefined && !SERIALISER.some((prefix) => id.startsWith(prefix)),
  );

  test('are replayed', () => {
    expect(cases.length).toBe(58);
    expect(cases.filter(({ op }) => !Object.hasOwn(RUNS, String(op)))).toEqual([]);
  });

  test.each(cases)('$id', (one) => {
    const { env = {} } = (one['config'] ?? {}) as { env?: Env };
    RUNS[String(one['op'])]?.(env, one);
  });

  test('and what is done otherwise masks as much', () => {
    const env = { LUMIGO_SECRET_MASKING_EXACT_PATH: '["foo2.bar4"]' };
    const text = JSON.stringify({ foo: '{"password":"x"}', foo2: '{"bar4":"{\\"a\\":\\"y\\"}"} ' });
    expect(masker(env).attribute('http.request.body', text)).toBe(
      JSON.stringify({ foo: '{"password":"****"}', foo2: '{"bar4":"****"} ' }),
    );
  });
});

describe('the key lists', () => {
  test('are those of the preset when no variable is set', () => {
    expect(fromLumigo({})).toEqual({ extends: 'lumigo' });
    expect(fromLumigo({ LUMIGO_TRACER_TOKEN: 't_x', PATH: '/bin' })).toEqual({ extends: 'lumigo' });
  });

  test.each(['NON-VALID-JSON', '["(', '["("]', '{}', '"a"', '[{}]', 'null', '5', ''])(
    'are those of the preset when %j is set',
    (value) => {
      expect(fromLumigo({ LUMIGO_SECRET_MASKING_REGEX: value })).toEqual({ extends: 'lumigo' });
      const contexts = { LUMIGO_SECRET_MASKING_REGEX_HTTP_REQUEST_BODIES: value };
      expect(fromLumigo(contexts)).toEqual({ extends: 'lumigo' });
    },
  );

  test('compare names as they are written', () => {
    const env = { LUMIGO_SECRET_MASKING_REGEX: '["my_key"]' };
    expect(masker(env).attribute('x', '{"my_key":1,"MY_KEY":2,"myKey":3}')).toBe(
      '{"my_key":"****","MY_KEY":"****","myKey":3}',
    );
  });

  test('of the older variable count beside those of the newer', () => {
    const mask = masker({ LUMIGO_BLACKLIST_REGEX: '["old"]', LUMIGO_SECRET_MASKING_REGEX: '["new"]' });
    expect(mask.attribute('body', '{"old":"a","new":"b","password":"c"}')).toBe(
      '{"old":"****","new":"****","password":"c"}',
    );
    expect(masker({ LUMIGO_BLACKLIST_REGEX: '["old"]' }).attribute('x', '{"OLD":"a"}')).toBe(
      '{"OLD":"****"}',
    );
    const broken = masker({ LUMIGO_BLACKLIST_REGEX: '[', LUMIGO_SECRET_MASKING_REGEX: '["new"]' });
    expect(broken.attribute('x', '{"new":"a","password":"b"}')).toBe('{"new":"****","password":"b"}');
  });

  test('can be empty', () => {
    const attributes = { password: 'x' };
    expect(masker({ LUMIGO_SECRET_MASKING_REGEX: '[]' }).attributes(attributes)).toBe(attributes);
  });

  test('keep what the allow-list keeps', () => {
    const env = { LUMIGO_WHITELIST_KEYS_REGEXES: '[".*KeyConditionExpression.*", ".*ExclusiveStartKey.*"]' };
    const text =
      '{"ExclusiveStartKey":"a","KeyConditionExpression":"b","key":"c","x":{"ExclusiveStartKey":{"key":"d"}}}';
    expect(masker(env).attribute('http.request.body', text)).toBe(
      '{"ExclusiveStartKey":"a","KeyConditionExpression":"b","key":"****","x":{"ExclusiveStartKey":{"key":"****"}}}',
    );
  });

  test('with look-ahead are refused, not ignored', () => {
    expect(() => masker({ LUMIGO_SECRET_MASKING_REGEX: '["(?!x)y"]' })).toThrow(PolicyError);
  });
});

describe('a list of a context', () => {
  const env = {
    LUMIGO_SECRET_MASKING_REGEX_HTTP_REQUEST_HEADERS: '["^x-own$"]',
    LUMIGO_SECRET_MASKING_REGEX_HTTP_RESPONSE_BODIES: '[".*inner.*"]',
    LUMIGO_SECRET_MASKING_REGEX_HTTP_QUERY_PARAMS: '["plain"]',
    LUMIGO_SECRET_MASKING_REGEX_ENVIRONMENT: 'all',
  };
  const mask = masker(env);

  test('replaces the default list there, and only there', () => {
    const body = '{"inner":"a","password":"b"}';
    expect(mask.attribute('http.response.body', body)).toBe('{"inner":"****","password":"b"}');
    expect(mask.attribute('http.request.body', body)).toBe('{"inner":"a","password":"****"}');
    expect(mask.attribute('http.response.body', JSON.parse(body))).toEqual({ inner: '****', password: 'b' });
    expect(mask.text('password=b')).toBe('password=****');
  });

  test('judges headers by their names', () => {
    const attributes = {
      'http.request.header.x-own': ['a'],
      'http.request.header.authorization': ['b'],
      'http.response.header.authorization': ['c'],
      'http.request.headers': '{"x-own":"d","authorization":"e"}',
    };
    expect(mask.attributes(attributes)).toEqual({
      ...attributes,
      'http.request.header.x-own': ['****'],
      'http.response.header.authorization': ['****'],
      'http.request.headers': '{"x-own":"****","authorization":"e"}',
    });
  });

  test('judges the parameters of URLs', () => {
    const url = 'https://example.com/a?plain=1&password=2';
    for (const key of ['url.full', 'http.url', 'http.target']) {
      expect(mask.attribute(key, url)).toBe('https://example.com/a?plain=****&password=2');
    }
    expect(mask.attribute('other', url)).toBe('https://example.com/a?plain=1&password=****');
  });

  test('can be everything', () => {
    expect(mask.attribute('process.environ', '{"A":"b"}')).toBe('****');
    expect(mask.attribute('process.environment_variable.HOME', '/root')).toBe('****');
    const bodies = masker({
      LUMIGO_SECRET_MASKING_REGEX_HTTP_REQUEST_BODIES: 'all',
      LUMIGO_SECRET_MASKING_REGEX_HTTP_QUERY_PARAMS: 'all',
    });
    const attributes = {
      'http.request.body': '[1]',
      'http.request.body.size': 3,
      'http.request.method': 'GET',
      'url.full': 'https://example.com/a?b=c&d=e',
      'url.query': 'b=c',
    };
    expect(bodies.attributes(attributes)).toEqual({
      ...attributes,
      'http.request.body': '****',
      'url.full': 'https://example.com/a?b=****&d=****',
      'url.query': '****',
    });
  });
});

test('"all" for the main list leaves nothing but structure', () => {
  const mask = masker({ LUMIGO_SECRET_MASKING_REGEX: 'all' });
  const attributes = {
    'http.request.method': 'GET',
    'http.request.body': 'x',
    'http.request.header.accept': ['y'],
    'app.note': 'z',
    'url.full': 'https://example.com/?a=b',
  };
  const masked = mask.attributes(attributes);
  expect(masked).toMatchObject({
    'http.request.method': 'GET',
    'http.request.body': '****',
    'app.note': '****',
  });
  expect(JSON.stringify(masked)).not.toMatch(/"[xyzb]"|=b/);
});

describe('domains', () => {
  const scrubs = (env: Env, attributes: Attributes): boolean =>
    masker(env).sensitiveService(attributes) !== undefined;

  test.each([
    ['secretsmanager-test.amazonaws.com', true],
    ['kms.us-east-1.amazonaws.com', true],
    ['SSM.eu-west-1.amazonaws.com', true],
    ['sts.amazonaws.com', true],
    ['sts.us-east-1.amazonaws.com', true],
    ['dynamodb.us-east-1.amazonaws.com', false],
    ['google.com', false],
  ])('the default list judges %s: %s', (host, is) => {
    expect(scrubs({}, { 'server.address': host })).toBe(is);
    expect(scrubs({ LUMIGO_DOMAINS_SCRUBBER: 'no JSON' }, { 'server.address': host })).toBe(is);
    expect(scrubs({ LUMIGO_SECRET_MASKING_REGEX: '["x"]' }, { 'server.address': host })).toBe(is);
  });

  test('of the variable replace the default list', () => {
    const env = { LUMIGO_DOMAINS_SCRUBBER: '["google", "^https://inner\\\\."]' };
    expect(scrubs(env, { 'server.address': 'www.google.com' })).toBe(true);
    expect(scrubs(env, { 'url.full': 'https://inner.example.com/' })).toBe(true);
    expect(scrubs(env, { 'server.address': 'kms.us-east-1.amazonaws.com' })).toBe(false);
    // The names are masked all the same.
    expect(masker(env).attribute('password', 'x')).toBe('****');
  });
});

describe('exact paths', () => {
  const paths = (...list: string[]) => masker({ LUMIGO_SECRET_MASKING_EXACT_PATH: JSON.stringify(list) });
  const body = (mask: ReturnType<typeof masker>, value: unknown) =>
    mask.attribute('http.request.body', JSON.stringify(value));

  test.each([
    [
      ['foo.password'],
      { foo: '{"password":"x"}', key2: '{"foo":1}' },
      { foo: '{"password":"****"}', key2: '****' },
    ],
    [['foo.bar', 'foo.pin'], { foo: '{"bar":"l","pin":"x"}' }, { foo: '{"bar":"****","pin":"****"}' }],
    [
      ['object.foo'],
      [{ secret: { a: 1 } }, { object: { foo: 'x' } }],
      [{ secret: '****' }, { object: { foo: '****' } }],
    ],
    [['a.b'], '{"a":{"b":"x","c":"y"}}', '{"a":{"b":"****","c":"y"}}'],
    [['object'], 'object', 'object'],
  ])('%j', (list, value, masked) => {
    expect(body(paths(...list), value)).toBe(JSON.stringify(masked));
  });

  test('lead through lists, and through JSON inside of JSON', () => {
    const mask = paths('Records.object.foo', 'body.a.b');
    expect(
      body(mask, { Records: [{ object: { foo: 'x', bar: 'y' } }, [{ object: { foo: { z: 1 } } }]] }),
    ).toBe(
      JSON.stringify({ Records: [{ object: { foo: '****', bar: 'y' } }, [{ object: { foo: '****' } }]] }),
    );
    expect(body(mask, { body: JSON.stringify({ a: [{ b: 5, c: 6 }] }) })).toBe(
      JSON.stringify({ body: '{"a":[{"b":"****","c":6}]}' }),
    );
    const map = { Records: [{ object: { foo: 'x' } }], body: '{"a":{"b":1}}' };
    expect(mask.attribute('event', map)).toEqual({
      Records: [{ object: { foo: '****' } }],
      body: '{"a":{"b":"****"}}',
    });
    expect(mask.text('{"body":{"a":{"b":1}}}')).toBe('{"body":{"a":{"b":"****"}}}');
  });

  test('are exact', () => {
    const mask = paths('a.b', 'c');
    for (const value of [{ b: 1 }, { A: { b: 1 } }, { x: { a: { b: 1 } } }, { 'a.b': 1 }, { cc: 1 }, 'c']) {
      expect(body(mask, value)).toBe(JSON.stringify(value));
    }
  });

  test('reach into a text that was cut off', () => {
    const mask = paths('a.b');
    expect(mask.attribute('x', '{"z":1,"a":{"b":"cut o')).toBe('{"z":1,"a":{"b":"****"');
    expect(mask.attribute('x', '{"a":{"b":{"c":[1,"')).toBe('{"a":{"b":"****"');
    expect(mask.attribute('x', '{"a":"{\\"b\\":\\"cut')).toBe('{"a":"{\\"b\\":\\"****\\""');
  });

  test.each(['path', '["."]', '{}', '[]'])('%j are none', (value) => {
    expect(fromLumigo({ LUMIGO_SECRET_MASKING_EXACT_PATH: value })).toEqual({ extends: 'lumigo' });
  });

  test('read what is shared once, and end where a value holds itself', () => {
    const loop: unknown[] = [{ a: 'SECRET' }];
    loop.push(loop, loop);
    let shared: unknown = { a: 'SECRET' };
    for (let depth = 0; depth < 30; depth += 1) shared = [shared, shared];
    let deep: unknown = { a: 'SECRET' };
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];
    const mask = createMasker({ extends: [], paths: ['a'] });
    for (const value of [loop, deep]) {
      expect(JSON.stringify(mask.attribute('x', value as AttributeValue))).not.toContain('SECRET');
    }
    expect(mask.attribute('x', shared as AttributeValue)).not.toBe(shared);
    expect(mask.counters()).toMatchObject({ faults: 0, limits: 1 });
  });

  test('count, and change nothing a second time', () => {
    const mask = paths('a');
    const once = mask.attributes({ x: '{"a":1}' });
    expect(mask.attributes(once)).toBe(once);
    expect(mask.counters().hits['paths']).toBe(1);
  });
});
