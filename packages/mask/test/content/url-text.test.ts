import { describe, expect, test } from '@jest/globals';
import { maskQueryText } from '../../src/content/query-text.js';
import { maskUrlText } from '../../src/content/url-text.js';
import { type VectorCase, vectorCases } from '../vector-file.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a URL loses', () => {
  test.each([
    ['user and password', 'https://user:pass@h/x', 'https://****:****@h/x'],
    ['a token in place of a user', 'https://token123@h/p', 'https://****@h/p'],
    ['a password with a slash', 'postgres://u:p/w@h/d', 'postgres://****:****@h/d'],
    ['a password without a user', 'redis://:pw@h:6379', 'redis://:****@h:6379'],
    ['credentials without a scheme', 'u:p@h:80/x', '****:****@h:80/x'],
    ['credentials of a URL inside the path', '/proxy/https://u:p@h/x', '/proxy/https://****:****@h/x'],
    ['the token of a one-time link', '/reset/tok-SECRET-123', '/reset/****'],
    ['the token behind a route word', '/verify/email/a1b2c3d4e5', '/verify/email/****'],
    ['a numeric code', 'https://h/verify/123456', 'https://h/verify/****'],
    ['an address in the path', '/v1/users/alice%40example.com/x', '/v1/users/****/x'],
    ['a card in the path', '/card/4111111111111111', '/card/****'],
    ['matrix parameters', '/app;jsessionid=ABC123;v=1?x=1', '/app;jsessionid=****;v=1?x=1'],
    [
      'JDBC properties',
      'jdbc:sqlserver://h:1433;user=sa;password=x',
      'jdbc:sqlserver://h:1433;user=sa;password=****',
    ],
    [
      'the fragment of an implicit grant',
      'https://h/cb#access_token=abc&x=1',
      'https://h/cb#access_token=****&x=1',
    ],
    ['a route in the fragment', 'https://h/#/reset/tok-SECRET?code=1234', 'https://h/#/reset/****?code=****'],
    [
      'an S3 object key',
      'https://b.s3.eu-west-1.amazonaws.com/p/john-doe.pdf?x=1',
      'https://b.s3.eu-west-1.amazonaws.com/****?x=1',
    ],
    [
      'a key of path-style S3',
      'http://s3.amazonaws.com/bkt/p/john-doe.pdf',
      'http://s3.amazonaws.com/bkt/****',
    ],
    [
      'a key known by its operation',
      'http://localhost:33847/bkt/p/j.pdf?x-id=GetObject',
      'http://localhost:33847/bkt/****?x-id=GetObject',
    ],
  ])('%s', (_, url, masked) => {
    expect(maskUrlText(url, rules)).toBe(masked);
    expect(maskUrlText(masked, rules)).toBe(masked);
  });
});

test.each([
  'https://www.foo.bar/search?q=OpenTelemetry#SemConv',
  '//localhost',
  '/users/{id}/reset/:token',
  '/password/reset/confirm',
  '/oauth2/v2.0/token',
  '/auth/google/callback?x=%zz&=&;',
  'https://cdn.example/reset/main.js',
  'https://s3.amazonaws.com/bucket',
  'http://localhost:4566/bkt?x-id=ListObjectsV2&list-type=2',
  'https://evil.example/s3.amazonaws.com/a/b',
  'https://h/%E0%A4%A?a=%',
  '',
])('"%s" stays as it is', (url) => {
  expect(maskUrlText(url, rules)).toBe(url);
});

describe('a query', () => {
  test.each([
    ['a=1&password=x&b=%20', 'a=1&password=****&b=%20'],
    ['?%70assword=x', '?%70assword=****'],
    ['user[password]=x;y=2', 'user[password]=****;y=2'],
    ['sig=abc;def&x', 'sig=****&x'],
    ['code=999111&otp=1&state=CA&state=xyz123abc456', 'code=****&otp=****&state=CA&state=****'],
    ['email=alice%40example.com&x=+', 'email=****&x=+'],
    ['u=https%3A%2F%2Fh%2F%3Ftoken%3Dabc', 'u=https%3A%2F%2Fh%2F%3Ftoken%3D****'],
    ['token=', 'token='],
    ['token=REDACTED&token=****', 'token=REDACTED&token=****'],
    ['alice@example.com', '****'],
  ])('"%s" becomes "%s"', (query, masked) => {
    expect(maskQueryText(query, rules)).toBe(masked);
    expect(maskQueryText(masked, rules)).toBe(masked);
  });

  test('nested without end is masked, not followed without end', () => {
    const nested = 'u=http://x?'.repeat(5000);
    expect(maskQueryText(nested, rules)).toContain('****');
  });
});

/** Ours is stricter on purpose: any case, `url.original`, and the keys of S3 objects. */
const STRICTER = /^(?:original|case-sensitive\/.*|presigned-s3)$/;

function holds({ expect: expected }: VectorCase, masked: string, input: string): void {
  if (expected['unchanged'] === true) expect(masked).toBe(input);
  if (expected['equals'] !== undefined) expect(masked).toBe(expected['equals']);
  if (expected['equalsOneOf'] !== undefined) expect(expected['equalsOneOf']).toContain(masked);
  for (const secret of (expected['absent'] ?? []) as readonly string[]) expect(masked).not.toContain(secret);
  for (const rest of (expected['present'] ?? []) as readonly string[]) expect(masked).toContain(rest);
}

describe.each(['url-semconv', 'url-otel-http'])('%s', (name) => {
  const rows = vectorCases(name).filter(
    ({ id, input, config }) => typeof input === 'string' && config === undefined && !STRICTER.test(id),
  );

  test.each(rows)('$id', (row) => {
    const input = String(row.input);
    const read = row['attribute'] === 'url.query' ? maskQueryText : maskUrlText;
    holds(row, read(input, new FakeRules('REDACTED')), input);
  });
});
