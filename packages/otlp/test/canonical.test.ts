import { describe, expect, test } from '@jest/globals';
import { toThrowWithCode } from '@spanseal/test-kit';
import fc from 'fast-check';
import {
  type AnyValue,
  canonicalAnyValue,
  canonicalCoreSpan,
  canonicalKeyValues,
  canonicalResource,
  canonicalScope,
  canonicalSpan,
  decodeTraceRequest,
  encodeTraceRequest,
  type KeyValue,
  OtlpError,
  type Span,
  sealAttributeKey,
} from '../src/index.js';
import { spanArbitrary } from './model-arbitrary.js';
import { fullSpan, hexOf, requestOf, spanOf, spansOf } from './requests.js';

expect.extend({ toThrowWithCode });

const runs = { seed: 20261121, numRuns: 1000 };
const valueHex = (value: AnyValue | undefined) => hexOf(canonicalAnyValue(value));

/** The same model with every list of KeyValues turned round. */
function reversed<T>(model: T): T {
  if (Array.isArray(model)) {
    const list = model.map(reversed);
    return (list.every((element) => typeof element?.key === 'string') ? list.reverse() : list) as T;
  }
  if (typeof model !== 'object' || model === null) return model;
  return Object.fromEntries(Object.entries(model).map(([name, value]) => [name, reversed(value)])) as T;
}

/** Every model that differs from the given one in one leaf or by one element. */
function* changes(model: unknown): Generator<unknown> {
  if (typeof model === 'string') yield* changedTexts(model);
  else if (typeof model === 'number') yield model + 1;
  else if (typeof model === 'boolean') yield !model;
  else if (Array.isArray(model)) {
    for (let i = 0; i < model.length; i++) {
      yield model.toSpliced(i, 1);
      for (const changed of changes(model[i])) yield model.with(i, changed);
    }
  } else if (typeof model === 'object' && model !== null) {
    for (const [name, value] of Object.entries(model)) {
      for (const changed of changes(value)) yield { ...model, [name]: changed };
    }
  }
}

function changedTexts(text: string): string[] {
  if (/^-?[0-9]+$/.test(text)) return [String(BigInt(text) + 1n)];
  if (text === 'AP8=') return ['AP4=', 'AP8A'];
  if (/^[0-9a-f]{16,32}$/.test(text)) return [`f${text.slice(1)}`, `${text.slice(0, -1)}f`];
  return [`${text}x`, text.toUpperCase() === text ? text.toLowerCase() : text.toUpperCase(), ''];
}

describe('The canonical span', () => {
  test('is the Span message, written by hand here', () => {
    const span: Span = {
      traceId: '0102030405060708090a0b0c0d0e0f10',
      spanId: '1112131415161718',
      name: 'n',
      kind: 2,
      startTimeUnixNano: '1',
      endTimeUnixNano: '258',
      attributes: [
        { key: 'b', value: { intValue: '300' } },
        { key: 'a', value: { stringValue: '' } },
      ],
      flags: 257,
    };
    const fields = [
      '0a100102030405060708090a0b0c0d0e0f10',
      '12081112131415161718',
      '2a016e',
      '3002',
      '390100000000000000',
      '410201000000000000',
      '4a07' + '0a0161' + '1202' + '0a00',
      '4a08' + '0a0162' + '1203' + '18ac02',
      '7a00',
      '850101010000',
    ];
    expect(hexOf(canonicalSpan(span))).toBe(fields.join(''));
  });

  test('does not depend on the order of attributes and map members, at any depth', () => {
    const property = fc.property(spanArbitrary, (span) => {
      expect(hexOf(canonicalSpan(reversed(span)))).toBe(hexOf(canonicalSpan(span)));
    });
    fc.assert(property, runs);
  });

  test('is a Span message that a reader takes, and stays as it is', () => {
    const property = fc.property(spanArbitrary, (span) => {
      const bytes = canonicalSpan(span);
      const [read] = spansOf(decodeTraceRequest(encodeTraceRequest(requestOf(span), { format: 'protobuf' })));
      expect(hexOf(canonicalSpan(read ?? {}))).toBe(hexOf(bytes));
    });
    fc.assert(property, runs);
  });

  test('changes with every leaf, every element and every order that means something', () => {
    const original = hexOf(canonicalSpan(fullSpan));
    let count = 0;
    for (const changed of changes(fullSpan)) {
      if (JSON.stringify(changed) === JSON.stringify(fullSpan)) continue;
      expect(hexOf(canonicalSpan(changed as Span))).not.toBe(original);
      count++;
    }
    expect(count).toBeGreaterThan(80);
    for (const name of ['events', 'attributes'] as const) {
      const turned = { ...fullSpan, [name]: fullSpan[name]?.toReversed() };
      expect(hexOf(canonicalSpan(turned)) === original).toBe(name === 'attributes');
    }
  });

  test('leaves out the seal on the span, by its exact name and nowhere else', () => {
    const seal = { key: sealAttributeKey, value: { stringValue: 's' } };
    const bare = { name: 'n', attributes: [{ key: 'a', value: {} }] };
    const withKey = (key: string) => ({ ...bare, attributes: [{ ...seal, key }, ...bare.attributes] });
    expect(sealAttributeKey).toBe('spanseal.seal');
    expect(hexOf(canonicalSpan(withKey('spanseal.seal')))).toBe(hexOf(canonicalSpan(bare)));
    for (const key of [
      'spanseal.seal ',
      'Spanseal.seal',
      'spanseal.sea',
      'spanseal.seal.x',
      'spanseal.seal\u0000',
    ]) {
      expect(hexOf(canonicalSpan(withKey(key)))).not.toBe(hexOf(canonicalSpan(bare)));
    }
    const onEvent = { ...bare, events: [{ attributes: [seal] }] };
    expect(hexOf(canonicalSpan(onEvent))).not.toBe(hexOf(canonicalSpan({ ...bare, events: [{}] })));
    const nested = (values: KeyValue[]) => canonicalSpan(spanOf({ kvlistValue: { values } }));
    expect(hexOf(nested([seal]))).not.toBe(hexOf(nested([])));
  });

  test('refuses a key twice in one list, the seal included', () => {
    const twice = (key: string): KeyValue[] => [
      { key, value: { stringValue: '1' } },
      { key, value: { stringValue: '1' } },
    ];
    for (const span of [
      { attributes: twice('k') },
      { attributes: twice(sealAttributeKey) },
      { events: [{ attributes: twice('k') }] },
      { links: [{ attributes: twice('k') }] },
      spanOf({ kvlistValue: { values: twice('k') } }),
      spanOf({ arrayValue: { values: [{ kvlistValue: { values: twice('') } }] } }),
    ]) {
      expect(() => canonicalSpan(span)).toThrowWithCode(OtlpError, 'ERR_SPANSEAL_OTLP_DUPLICATE_KEY');
    }
  });

  test('takes what a Collector changes by itself for the same', () => {
    const same = (a: Span, b: Span) => expect(hexOf(canonicalSpan(a))).toBe(hexOf(canonicalSpan(b)));
    same({}, { status: {} });
    same({ attributes: [{ key: 'k' }] }, spanOfKey({}));
    same({ traceId: '0'.repeat(32), spanId: '0'.repeat(16), parentSpanId: '0'.repeat(16) }, {});
    same({ links: [{ traceId: '0'.repeat(32), spanId: '0'.repeat(16) }] }, { links: [{}] });
    same(spanOf({ doubleValue: -0 }), spanOf({ doubleValue: 0 }));
    same({ traceId: 'AB'.repeat(16) }, { traceId: 'ab'.repeat(16) });
  });

  test('keeps apart what is not the same', () => {
    const values: (AnyValue | undefined)[] = [
      {},
      { stringValue: '' },
      { stringValue: '0' },
      { boolValue: false },
      { intValue: '0' },
      { doubleValue: 0 },
      { arrayValue: {} },
      { kvlistValue: {} },
      { bytesValue: '' },
      { arrayValue: { values: [{}] } },
      { stringValue: '1' },
      { intValue: '1' },
      { doubleValue: 1 },
      { boolValue: true },
      { bytesValue: 'MQ==' },
      { arrayValue: { values: [{ stringValue: '1' }] } },
      { doubleValue: 'NaN' },
      { stringValue: 'NaN' },
      { stringValue: 'é' },
      { stringValue: 'e\u0301' },
    ];
    expect(new Set(values.map(valueHex)).size).toBe(values.length);
  });
});

function spanOfKey(value: AnyValue): Span {
  return { attributes: [{ key: 'k', value }] };
}

describe('The core form', () => {
  test('does without flags and dropped counts, and takes events as a set', () => {
    const { flags, droppedAttributesCount, droppedEventsCount, droppedLinksCount, ...span } = fullSpan;
    const less: Span = {
      ...span,
      events: fullSpan.events?.map(({ droppedAttributesCount, ...event }) => event).toReversed() ?? [],
      links: fullSpan.links?.map(({ droppedAttributesCount, flags, ...link }) => link) ?? [],
    };
    expect(hexOf(canonicalCoreSpan(less))).toBe(hexOf(canonicalCoreSpan(fullSpan)));
    expect(hexOf(canonicalSpan(less))).not.toBe(hexOf(canonicalSpan(fullSpan)));
  });

  test('changes with everything else', () => {
    const original = hexOf(canonicalCoreSpan(fullSpan));
    let same = 0;
    for (const changed of changes(fullSpan)) {
      if (JSON.stringify(changed) === JSON.stringify(fullSpan)) continue;
      if (hexOf(canonicalCoreSpan(changed as Span)) === original) same++;
    }
    // The seven numbers that this form leaves out.
    expect(same).toBe(7);
  });

  test('keeps each of several equal events, and puts them in the order of their bytes', () => {
    const events = [{ name: 'b' }, { name: 'a' }, { name: 'b' }];
    expect(hexOf(canonicalCoreSpan({ events }))).toBe('5a03120161' + '5a03120162' + '5a03120162' + '7a00');
  });
});

describe('Canonical values, lists, scopes, resources', () => {
  test('every NaN has the same bits, and −0 is 0', () => {
    const payload = new Float64Array(new BigUint64Array([0x7ff8000000000001n, 0xfff4000000000abcn]).buffer);
    for (const doubleValue of ['NaN' as const, Number.NaN, ...payload]) {
      expect(valueHex({ doubleValue })).toBe('21000000000000f87f');
    }
    expect(valueHex({ doubleValue: -0 })).toBe('210000000000000000');
  });

  test('an absent value and an empty one are no bytes, long ones have no length in front', () => {
    expect(valueHex(undefined)).toBe('');
    expect(valueHex({})).toBe('');
    expect(valueHex({ stringValue: 'x'.repeat(200) })).toBe(`0ac801${'78'.repeat(200)}`);
  });

  test('keys are sorted by their UTF-8 bytes', () => {
    const keys = ['\u{10000}', '\ue000', '\uffff', 'z', 'é', '', 'a', 'aa', '\ud7ff', '\u{10ffff}'];
    const bytes = canonicalKeyValues(keys.map((key) => ({ key, value: {} })));
    const sorted = keys.map((key) => Buffer.from(key)).sort(Buffer.compare);
    const expected = sorted.map((key) => {
      const field = key.length === 0 ? '' : `0a${hexOf(Uint8Array.of(key.length))}${hexOf(key)}`;
      const size = field.length / 2 + 2;
      return `0a${hexOf(Uint8Array.of(size))}${field}1200`;
    });
    expect(hexOf(bytes)).toBe(expected.join(''));
  });

  test('absent and empty scopes and resources are no bytes', () => {
    for (const bytes of [
      canonicalScope(undefined),
      canonicalScope({}),
      canonicalResource(undefined),
      canonicalResource({}),
    ]) {
      expect(bytes).toHaveLength(0);
    }
  });

  test('entity references are covered', () => {
    const resource = { entityRefs: [{ schemaUrl: 'u', type: 't', idKeys: ['i'], descriptionKeys: ['d'] }] };
    expect(hexOf(canonicalResource(resource))).toBe('1a0c' + '0a0175' + '120174' + '1a0169' + '220164');
  });

  test('what is given back is the caller’s own', () => {
    const first = canonicalSpan({ name: 'a' });
    const before = hexOf(first);
    canonicalSpan({ name: 'bbbbbbbbb' });
    expect(hexOf(first)).toBe(before);
    expect(first.buffer.byteLength).toBe(first.byteLength);
  });

  test('a getter that encodes in the middle of an encoding disturbs nothing', () => {
    const other = { name: 'other', traceState: 'x'.repeat(1000) };
    const expected = hexOf(canonicalSpan(other));
    const inner: string[] = [];
    const span: Span = {
      traceState: 'a=1',
      get name() {
        inner.push(hexOf(canonicalSpan(other)));
        return 'n';
      },
    };
    expect(hexOf(canonicalSpan(span))).toBe(hexOf(canonicalSpan({ traceState: 'a=1', name: 'n' })));
    expect(inner).toEqual([expected]);
  });
});
