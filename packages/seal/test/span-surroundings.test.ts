import { describe, expect, test } from '@jest/globals';
import type { KeyValue, Resource, Scope, Span, TraceRequest } from '@spanseal/otlp';
import type { Report } from '../src/index.js';
import { plainSpan, verify } from './anchored-stream.js';
import { counter } from './forger.js';
import { sampleSpan, sealer, startMillis } from './sealed-request.js';

// In the order of docs/protocol.md.
const covered = [
  ...['service.name', 'service.namespace', 'service.instance.id', 'service.version'],
  ...['deployment.environment.name', 'telemetry.sdk.name', 'telemetry.sdk.language', 'telemetry.sdk.version'],
];
const attribute = (key: string, stringValue = key): KeyValue => ({ key, value: { stringValue } });

interface Around {
  readonly resource?: Resource;
  readonly scope?: Scope;
  readonly resourceUrl?: string;
  readonly scopeUrl?: string;
}

/** The seal of a span that is sealed within `sealed`, and the report on it within `shown`. */
function within(
  sealed: Around,
  shown: Around,
  kind: 'plain' | 'full' = 'full',
): { seal: string; report: Report } {
  const span = kind === 'plain' ? plainSpan(0) : sampleSpan();
  const { resource, scope, resourceUrl, scopeUrl } = sealed;
  const seal = sealer().seal(
    { span, resource, scope, resourceSchemaUrl: resourceUrl, scopeSchemaUrl: scopeUrl },
    startMillis,
  );
  const attributes = [...(span.attributes ?? []), attribute('spanseal.seal', seal)];
  const request: TraceRequest = {
    resourceSpans: [
      {
        ...(shown.resource && { resource: shown.resource }),
        ...(shown.resourceUrl && { schemaUrl: shown.resourceUrl }),
        scopeSpans: [
          {
            ...(shown.scope && { scope: shown.scope }),
            ...(shown.scopeUrl && { schemaUrl: shown.scopeUrl }),
            spans: [{ ...span, attributes }],
          },
        ],
      },
    ],
  };
  return { seal, report: verify([request]) };
}

const said = (sealed: Around, shown: Around): string => {
  const [full, plain] = (['full', 'plain'] as const).map((kind) => {
    const { spans } = within(sealed, shown, kind).report;
    return Object.entries(spans).find(([name, count]) => name !== 'total' && count > 0)?.[0] ?? '';
  });
  expect(plain).toBe(full);
  return full ?? '';
};
const of = (...attributes: KeyValue[]): Around => ({ resource: { attributes } });

describe('a resource attribute that seals cover', () => {
  test.each(covered)('is not changed, taken away or doubled unseen, and may be added: %s', (key) => {
    const all = covered.map((each) => attribute(each));
    const others = all.filter((each) => each.key !== key);
    expect(said(of(...all), of(...[...all].reverse(), attribute('host.name')))).toBe('valid');
    expect(said(of(...all), of(...others, attribute(key, 'another')))).toBe('changed');
    expect(said(of(...all), of(...others))).toBe('changed');
    expect(said(of(...all), of(...all, attribute(key)))).toBe('malformed');
    expect(said(of(...others), of(...all))).toBe('valid');
    expect(said(of(...others), of(...all, attribute(key)))).toBe('malformed');
  });

  test('has a bit of its own in the marks of a seal', () => {
    for (const [bit, key] of covered.entries()) {
      const { seal } = within(of(attribute(key), attribute('host.name')), {});
      expect(seal.split('~')[6]).toBe(counter(4 << bit));
    }
    expect(within(of(...covered.map((key) => attribute(key))), {}).seal.split('~')[6]).toBe(counter(1020));
  });

  test('has no form where its value has none', () => {
    const value = { kvlistValue: { values: [attribute('a'), attribute('a')] } };
    expect(said(of(attribute('service.name')), of({ key: 'service.name', value }))).toBe('malformed');
  });

  test('is not told from another key by its value', () => {
    const [one, other] = [attribute('service.name', 'a'), attribute('service.version', 'a')];
    expect(said(of(one), of(other))).toBe('changed');
    expect(said(of(one, { ...other, value: {} }), of(one))).toBe('valid');
    expect(said(of(one, other), of(one, { ...other, value: {} }))).toBe('changed');
  });

  test('may be twice where it is none of them: nobody covers it', () => {
    expect(said(of(attribute('a')), of(attribute('a'), attribute('a', 'b')))).toBe('valid');
  });
});

describe('a span without a scope or resource', () => {
  test('is the same as one with empty ones', () => {
    const empty = { resource: { attributes: [] }, scope: { name: '', version: '', attributes: [] } };
    expect([said({}, {}), said({}, empty), said(empty, {})]).toEqual(['valid', 'valid', 'valid']);
    for (const scope of [{ name: 'a' }, { version: 'a' }])
      expect([said({}, { scope }), said({ scope }, {})]).toEqual(['changed', 'changed']);
  });

  test('and what only the exact profile covers is valid-core without it, each part of it', () => {
    const scope = (more: Scope): Around => ({ scope: { name: 'app', ...more } });
    const tails: readonly Around[] = [
      scope({ attributes: [attribute('a')] }),
      scope({ attributes: [attribute('a', 'b')] }),
      scope({ droppedAttributesCount: 1 }),
      { ...scope({}), scopeUrl: 'https://a.example' },
      { ...scope({}), resourceUrl: 'https://a.example' },
    ];
    for (const [at, sealed] of tails.entries()) {
      expect([at, said(sealed, scope({}))]).toEqual([at, 'valid-core']);
      for (const [other, shown] of tails.entries())
        expect([at, other, said(sealed, shown)]).toEqual([at, other, at === other ? 'valid' : 'valid-core']);
    }
  });

  test('has no form where the scope has a key twice', () => {
    const twice = { scope: { attributes: [attribute('a'), attribute('a')] } };
    expect(said({}, twice)).toBe('malformed');
    expect(() => within(twice, {})).toThrow();
  });

  test('is not taken for another one by how its schema URLs are cut', () => {
    const by = sealer();
    const sealed = { scopeSchemaUrl: 'a\nb', resourceSchemaUrl: 'c' };
    const [one, other] = [0, 1].map((number) => {
      const span = plainSpan(number);
      const seal = by.seal({ span, ...sealed }, startMillis);
      return { ...span, attributes: [...(span.attributes ?? []), attribute('spanseal.seal', seal)] };
    });
    const request = (span: Span | undefined, [scopeUrl, resourceUrl]: readonly string[]): TraceRequest => ({
      resourceSpans: [
        { schemaUrl: resourceUrl ?? '', scopeSpans: [{ schemaUrl: scopeUrl ?? '', spans: [span ?? {}] }] },
      ],
    });
    const { spans } = verify([request(one, ['a\nb', 'c']), request(other, ['a', 'b\nc'])]);
    expect(spans).toMatchObject({ valid: 1, 'valid-core': 1 });
  });

  test('with more long surroundings than anybody has is not checked for each of them', () => {
    const long = { resource: { attributes: [attribute('service.name', 'x'.repeat(5000))] } };
    const by = sealer();
    const scopeSpans = Array.from({ length: 66 }, (_, number) => {
      const [span, scope] = [plainSpan(number), { name: `scope ${number}` }];
      const seal = by.seal({ span, scope, ...long }, startMillis);
      const attributes = [...(span.attributes ?? []), attribute('spanseal.seal', seal)];
      return { scope, spans: [{ ...span, attributes }] };
    });
    const { spans } = verify([{ resourceSpans: [{ ...long, scopeSpans }] }]);
    expect(spans).toMatchObject({ valid: 64, malformed: 2 });
    const url = 'https://a.example/'.repeat(300);
    expect(said({ resourceUrl: url }, { resourceUrl: url })).toBe('valid-core');
  });
});
