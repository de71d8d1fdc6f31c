import { describe, expect, test } from '@jest/globals';
import {
  type AnyValue,
  encodeTraceRequest,
  type KeyValue,
  OtlpError,
  PlainSpan,
  type Span,
  scanTraceRequest,
} from '@spanseal/otlp';
import { createAnyIdKeyRing, createVerifier, type KeyRing, type Report } from '../src/index.js';
import { plainSpan } from './anchored-stream.js';
import { setSeal, spansOf, textOf } from './attacked-stream.js';
import { protobuf, ring, sampleSpan, sealedRequest, sealer, secret } from './sealed-request.js';

// Faults that sealers and signers of records had elsewhere: two records that mean different things to a reader, and one seal.

function verify(request: Uint8Array | string | object, keyRing: KeyRing = ring()): Report {
  const verifier = createVerifier({ keyRing });
  verifier.add(request);
  return verifier.finish();
}

const spanWith = (value: AnyValue): Span => ({ ...plainSpan(0), attributes: [{ key: 'v', value }] });

/** What is said of a span that was sealed with one value and shows another, in both formats. */
function verdictsOn(sealed: AnyValue, shown: AnyValue): string[] {
  const request = sealedRequest([spanWith(sealed)], sealer());
  const [attribute] = spansOf(request)[0]?.attributes ?? [];
  if (attribute !== undefined) attribute.value = shown;
  const json = Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString();
  return [protobuf(request), json].map((form) => {
    const { result, spans } = verify(form);
    return spans.valid === 1 ? 'valid' : result;
  });
}

const text = (stringValue: string): AnyValue => ({ stringValue });
const whole = (intValue: string): AnyValue => ({ intValue });
const real = (doubleValue: number): AnyValue => ({ doubleValue });
const list = (...values: AnyValue[]): AnyValue => ({ arrayValue: { values } });
const map = (...values: KeyValue[]): AnyValue => ({ kvlistValue: { values } });

test('the spans below are, from bytes, of those that a verifier does not take apart', () => {
  const { resourceSpans } = scanTraceRequest(protobuf(sealedRequest([spanWith(text('a'))], sealer())));
  expect(resourceSpans[0]?.scopeSpans[0]?.spans).toEqual([expect.any(PlainSpan)]);
});

describe('a value is never taken for another', () => {
  test.each<[string, AnyValue, AnyValue]>([
    ['whole numbers past 2^53', whole('9007199254740993'), whole('9007199254740992')],
    ['the largest whole numbers', whole('9223372036854775807'), whole('9223372036854775806')],
    ['the smallest whole numbers', whole('-9223372036854775808'), whole('-9223372036854775807')],
    ['a sum of decimals and what it rounds to', real(0.1 + 0.2), real(0.3)],
    ['the smallest number and zero', real(5e-324), real(0)],
    ['neighbours near 1', real(1), real(1 + Number.EPSILON)],
    ['an infinite number and the largest', real(Number.POSITIVE_INFINITY), real(Number.MAX_VALUE)],
    ['a byte', { bytesValue: 'AQID' }, { bytesValue: 'AQIE' }],
    ['an element', list(text('a'), whole('1')), list(text('a'), whole('2'))],
    ['the order of elements', list(text('a'), text('b')), list(text('b'), text('a'))],
    ['the edges of texts in a list', list(text('ab'), text('c')), list(text('a'), text('bc'))],
    ['a member', map({ key: 'a', value: whole('1') }), map({ key: 'a', value: whole('2') })],
    ['the key of a member', map({ key: 'a', value: whole('1') }), map({ key: 'b', value: whole('1') })],
    ['letters that look alike', text('é'), text('e\u0301')],
    ['a zero at the end', text('a'), text('a\u0000')],
    ['a character that replaces another', text('a'), text('\ufffd')],
  ])('%s', (_, sealed, shown) => {
    expect(verdictsOn(sealed, sealed)).toEqual(['valid', 'valid']);
    expect(verdictsOn(sealed, shown)).toEqual(['tampered', 'tampered']);
    expect(verdictsOn(shown, sealed)).toEqual(['tampered', 'tampered']);
  });

  test('whatever the type: a text that says a number, a truth, bytes, nothing or a list is none of them', () => {
    const alike: readonly (readonly AnyValue[])[] = [
      [text('123'), whole('123'), real(123), list(whole('123')), text('"123"')],
      [text('true'), { boolValue: true }, whole('1'), text('1')],
      [text('AQID'), { bytesValue: 'AQID' }, text('\u0001\u0002\u0003')],
      [{}, text(''), { bytesValue: '' }, list(), map(), list({}), { boolValue: false }, whole('0'), real(0)],
      [text('null'), {}, text('NaN'), real(Number.NaN)],
      [map({ key: 'a', value: whole('1') }), text('{"a":1}'), list(text('a'), whole('1'))],
    ];
    for (const values of alike) {
      for (const [at, sealed] of values.entries()) {
        for (const [other, shown] of values.entries()) {
          const expected = at === other ? 'valid' : 'tampered';
          expect([sealed, shown, ...verdictsOn(sealed, shown)]).toEqual([sealed, shown, expected, expected]);
        }
      }
    }
  });

  test('but for −0 and the many NaNs, of which no reader makes anything else', () => {
    expect(verdictsOn(real(-0), real(0))).toEqual(['valid', 'valid']);
    const bytes = Buffer.from(protobuf(sealedRequest([spanWith(real(Number.NaN))], sealer())));
    const at = bytes.indexOf(Buffer.from('000000000000f87f', 'hex'));
    bytes[at] = 1;
    expect(verify(bytes).spans.valid).toBe(1);
    expect(at).toBeGreaterThan(0);
  });

  const later = (nanos: string | number | bigint | undefined) => `${BigInt(nanos ?? 0) + 1n}`;

  test.each<[string, (span: Span) => void]>([
    ['the start', (span) => void (span.startTimeUnixNano = later(span.startTimeUnixNano))],
    [
      'an event',
      ({ events: [event] = [] }) =>
        void Object.assign(event ?? {}, { timeUnixNano: later(event?.timeUnixNano) }),
    ],
  ])('a time that is one nanosecond later: %s', (_, change) => {
    const request = sealedRequest([sampleSpan()], sealer());
    change(spansOf(request)[0] as Span);
    for (const form of [request, protobuf(request)])
      expect(verify(form)).toMatchObject({ result: 'tampered', spans: { valid: 0, changed: 1 } });
  });
});

describe('text that is no UTF-8', () => {
  test.each(['value-of-it', 'key-of-it', 'name-of-it', 'event-of-it'])(
    'is not read as U+FFFD: %s',
    (word) => {
      const [event] = sampleSpan().events ?? [];
      const span: Span = {
        ...sampleSpan(),
        name: 'name-of-it',
        attributes: [{ key: 'key-of-it', value: { stringValue: 'value-of-it' } }],
        events: [{ ...event, name: 'event-of-it' }],
      };
      const replaced = JSON.parse(JSON.stringify(span).replaceAll(word, `\ufffd${word.slice(3)}`));
      const bytes = Buffer.from(protobuf(sealedRequest([replaced], sealer())));
      expect(verify(bytes).spans.valid).toBe(1);
      const at = bytes.indexOf('\ufffd');
      // Three bytes that a lenient reader shows as U+FFFD: a lone surrogate, a letter cut off, bytes of no letter.
      for (const wrong of ['eda080', 'f0908d', 'fffeff']) {
        Buffer.from(wrong, 'hex').copy(bytes, at);
        expect(verify(bytes)).toMatchObject({ result: 'incomplete', findings: [{ verdict: 'malformed' }] });
        expect(verify(bytes).spans.valid).toBe(0);
      }
    },
  );

  test.each<[string, Span]>([
    ['a value', spanWith(text('\ud800'))],
    ['a key', { ...sampleSpan(), attributes: [{ key: '\udfff', value: text('v') }] }],
    ['a name', { ...sampleSpan(), name: 'a\udc00b' }],
  ])('is not sealed: half a character in %s', (_, span) => {
    expect(() => sealedRequest([span], sealer())).toThrow(OtlpError);
  });

  test('is not read out of an escape: half a character in JSON', () => {
    const request = sealedRequest([spanWith(text('\ufffd'))], sealer());
    const json = Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString();
    expect(verify(json).spans.valid).toBe(1);
    expect(verify(json.replace('\ufffd', '\\ud800'))).toMatchObject({
      ...{ result: 'incomplete', spans: { valid: 0 } },
      findings: [{ verdict: 'malformed' }],
    });
  });
});

describe('a value of any depth', () => {
  const nested = (depth: number): AnyValue => {
    let value = text('inside');
    for (let level = 0; level < depth; level += 1) value = list(value);
    return value;
  };

  test('is sealed down to 24 levels and refused below, without an overflow', () => {
    expect(verify(sealedRequest([spanWith(nested(24))], sealer())).spans.valid).toBe(1);
    for (const depth of [25, 100_000])
      expect(() => sealedRequest([spanWith(nested(depth))], sealer())).toThrow(OtlpError);
  });

  test('is a finding of a verifier, without an overflow: JSON and protobuf', () => {
    const json = Buffer.from(
      encodeTraceRequest(sealedRequest([spanWith(text('§'))], sealer()), { format: 'json' }),
    );
    const deep = `${'{"arrayValue":{"values":['.repeat(50_000)}{}${']}}'.repeat(50_000)}`;
    expect(verify(json.toString().replace('{"stringValue":"§"}', deep))).toMatchObject({
      ...{ result: 'incomplete', spans: { valid: 0 } },
      findings: [{ message: expect.stringContaining('OTLP_DEPTH') }],
    });
    const field = (tag: number, bytes: Buffer): Buffer => {
      const size = bytes.length;
      return Buffer.concat([
        Buffer.of(tag, (size & 127) | 128, ((size >> 7) & 127) | 128, size >> 14),
        bytes,
      ]);
    };
    let value: Buffer = Buffer.alloc(0);
    for (let level = 0; level < 5000; level += 1) value = field(0x2a, field(0x0a, value));
    // Of a key-value, in a span, in a scope's spans, in a resource's, in a request.
    const message = [0x12, 0x4a, 0x12, 0x12, 0x0a].reduce<Buffer>((inner, tag) => field(tag, inner), value);
    expect(verify(message).findings).toMatchObject([{ message: expect.stringContaining('OTLP_DEPTH') }]);
  });

  test('has no depth by the braces in its texts', () => {
    const braces = `${'[{"'.repeat(10_000)}\\"`;
    expect(verdictsOn(text(braces), text(braces))).toEqual(['valid', 'valid']);
    expect(verdictsOn(text(braces), text(`${braces}}`))).toEqual(['tampered', 'tampered']);
  });
});

describe('a key that is there twice', () => {
  const twice = (values: KeyValue[] | undefined, place: 'push' | 'unshift'): void => {
    const [first] = values ?? [];
    values?.[place]({ key: first?.key ?? '', value: text('another') });
  };
  const places: readonly [string, (span: Span) => KeyValue[] | undefined][] = [
    ['the span', (span) => span.attributes],
    ['an event', (span) => span.events?.[0]?.attributes],
    ['a link', (span) => span.links?.[0]?.attributes],
    ['a map', (span) => span.attributes?.find(({ key }) => key === 'map')?.value?.kvlistValue?.values],
  ];
  const sample = (): Span => {
    const span = sampleSpan();
    const link = { ...span.links?.[0], attributes: [{ key: 'reason', value: text('retry') }] };
    span.attributes?.push({ key: 'map', value: map({ key: 'a', value: whole('1') }) });
    return { ...span, links: [link] };
  };

  test.each(places)('is refused whichever value comes first, in %s', (_, of) => {
    for (const place of ['push', 'unshift'] as const) {
      const request = sealedRequest([sample(), sampleSpan(1)], sealer());
      expect(verify(structuredClone(request)).spans.valid).toBe(2);
      twice(of(spansOf(request)[0] as Span), place);
      for (const form of [request, protobuf(request)])
        expect(verify(form)).toMatchObject({ result: 'tampered', spans: { valid: 1, malformed: 1 } });
    }
  });

  test.each(places)('is not sealed in %s', (_, of) => {
    const span = sample();
    twice(of(span), 'push');
    expect(() => sealedRequest([span], sealer())).toThrow(OtlpError);
  });

  test.each([
    ['"name":"GET /orders/0"', '"name":"GET /admin","name":"GET /orders/0"'],
    ['"name":"GET /orders/0"', '"name":"GET /orders/0","name":"GET /admin"'],
    ['"stringValue":"GET"', '"stringValue":"GET","intValue":"1"'],
    ['"stringValue":"GET"', '"stringValue":"PUT","stringValue":"GET"'],
    ['"resourceSpans":', '"resourceSpans":[],"resourceSpans":'],
  ])('makes JSON with two members of a name unreadable: %s, %s', (once, both) => {
    const request = sealedRequest([sampleSpan()], sealer());
    const json = Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString();
    expect(json).toContain(once);
    expect(verify(json.replace(once, both))).toMatchObject({
      ...{ result: 'incomplete', spans: { total: 0 } },
      findings: [{ verdict: 'malformed' }],
    });
  });
});

describe('what stands around a span', () => {
  const changed = (change: (group: ReturnType<typeof groupOf>) => void): Report => {
    const request = sealedRequest([sampleSpan()], sealer());
    const copy = structuredClone(request);
    change(groupOf(copy));
    return verify(copy);
  };
  const groupOf = ({ resourceSpans: [group] }: ReturnType<typeof sealedRequest>) => ({
    resource: group?.resource,
    scoped: group?.scopeSpans[0],
  });

  test.each<[string, Parameters<typeof changed>[0]]>([
    ['the name of the scope', ({ scoped }) => void Object.assign(scoped?.scope ?? {}, { name: 'other' })],
    ['its version', ({ scoped }) => void Object.assign(scoped?.scope ?? {}, { version: '9' })],
    [
      'the service',
      ({ resource }) => void Object.assign(resource?.attributes?.[0] ?? {}, { value: text('b') }),
    ],
    ['its version', ({ resource }) => void resource?.attributes?.splice(1, 1)],
  ])('is sealed: %s', (_, change) => {
    expect(changed(change)).toMatchObject({ result: 'tampered', findings: [{ section: 'origin' }] });
  });

  test('is not sealed where enrichment may write: other resource attributes mean nothing', () => {
    const host = changed(
      ({ resource }) => void Object.assign(resource?.attributes?.[2] ?? {}, { value: text('x') }),
    );
    expect(host).toMatchObject({ result: 'intact', spans: { valid: 1 } });
  });
});

describe('a seal', () => {
  const withSeal = (edit: (parts: string[]) => void, keyRing?: KeyRing): Report => {
    const request = sealedRequest([sampleSpan()], sealer());
    const parts = textOf(spansOf(request)[0]).split('~');
    edit(parts);
    setSeal(spansOf(request)[0], parts.join('~'));
    return verify(request, keyRing);
  };

  test('has no word for the algorithm, and takes none', () => {
    for (const word of ['none', 'hs256', 'b'])
      for (const at of [1, 10, 11])
        expect(withSeal((parts) => void parts.splice(at, 0, word)).spans).toMatchObject({ malformed: 1 });
  });

  test('is tried with the key that it names, and with no other', () => {
    const named = withSeal((parts) => void (parts[1] = 'k-other'));
    expect(named.findings).toMatchObject([{ verdict: 'unknown-key', keyId: 'k-other' }]);
    const anyId = createAnyIdKeyRing({ secret, realm: 'acme/production' });
    expect(withSeal(() => undefined, anyId).spans.valid).toBe(1);
    expect(withSeal((parts) => void (parts[1] = 'k-other'), anyId).spans).toMatchObject({ invalid: 1 });
  });

  test.each<[string, AnyValue]>([
    ['bytes', { bytesValue: Buffer.from('1~k-test').toString('base64') }],
    ['a list', list(text('1~k-test'))],
    ['nothing', {}],
    ['a number', whole('1')],
  ])('that is %s and no text is malformed', (_, value) => {
    const request = sealedRequest([sampleSpan()], sealer());
    const seal = spansOf(request)[0]?.attributes?.at(-1);
    if (seal !== undefined) seal.value = value;
    expect(verify(request)).toMatchObject({ result: 'tampered', spans: { malformed: 1 } });
  });
});
