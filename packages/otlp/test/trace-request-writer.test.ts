import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeTraceRequest,
  encodeTraceRequest,
  type KeyValue,
  OtlpError,
  type Resource,
  type Scope,
  type Span,
  type SpanOrigin,
  TraceRequestWriter,
} from '../src/index.js';
import { attributesArbitrary, spanArbitrary } from './model-arbitrary.js';

const scope = fc.record({ name: fc.string(), attributes: attributesArbitrary }, { requiredKeys: [] });
const resource = fc.record({ attributes: attributesArbitrary }, { requiredKeys: [] });
/** Spans, each of one of a few resources and scopes. */
const arbitrary = fc.record({
  resources: fc.array(fc.record({ resource, url: fc.string() }), { minLength: 1, maxLength: 3 }),
  scopes: fc.array(fc.record({ scope, url: fc.string() }), { minLength: 1, maxLength: 3 }),
  spans: fc.array(fc.tuple(fc.nat(2), fc.nat(2), spanArbitrary), { maxLength: 12 }),
});

function sorted(list: readonly KeyValue[] = []): KeyValue[] {
  return [...list].sort((one, two) => (one.key < two.key ? -1 : 1));
}

/** The span with the attributes of the span itself in one order, and without a seal. */
function inOrder(span: Span): Span {
  const { attributes, ...rest } = span;
  const kept = sorted(attributes).filter(({ key }) => key !== 'spanseal.seal');
  return { ...rest, ...(kept.length > 0 && { attributes: kept }) };
}

function modelIn(bytes: Uint8Array) {
  return decodeTraceRequest(bytes).resourceSpans.map(({ scopeSpans, ...rest }) => ({
    ...rest,
    scopeSpans: scopeSpans.map((each) => ({ ...each, spans: each.spans.map(inOrder) })),
  }));
}

test('spans that are written one by one are the request that is written at once', () => {
  fc.assert(
    fc.property(arbitrary, ({ resources, scopes, spans }) => {
      const writer = new TraceRequestWriter();
      const groups = new Map<
        object,
        { origin: SpanOrigin; scopes: Map<object, { origin: SpanOrigin; spans: Span[] }> }
      >();
      for (const [atResource, atScope, span] of spans) {
        const from = resources[atResource % resources.length];
        const by = scopes[atScope % scopes.length];
        const origin: SpanOrigin = {
          ...{ resource: from?.resource as Resource, resourceSchemaUrl: from?.url },
          ...{ scope: by?.scope as Scope, scopeSchemaUrl: by?.url },
        };
        writer.add(origin, span);
        const group = groups.get(from as object) ?? { origin, scopes: new Map() };
        groups.set(from as object, group);
        const inner = group.scopes.get(by as object) ?? { origin, spans: [] };
        group.scopes.set(by as object, inner);
        inner.spans.push(span);
      }
      const request = {
        resourceSpans: [...groups.values()].map((group) => ({
          ...{
            resource: group.origin.resource as Resource,
            schemaUrl: group.origin.resourceSchemaUrl as string,
          },
          scopeSpans: [...group.scopes.values()].map((inner) => ({
            ...{ scope: inner.origin.scope as Scope, schemaUrl: inner.origin.scopeSchemaUrl as string },
            spans: inner.spans,
          })),
        })),
      };
      expect(modelIn(writer.finish())).toEqual(modelIn(encodeTraceRequest(request, { format: 'protobuf' })));
    }),
    { numRuns: 100, seed: 11 },
  );
});

test('a span that is refused is as if it had not been added', () => {
  const good = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'x' };
  const [one, two] = [new TraceRequestWriter(), new TraceRequestWriter()];
  one.add({}, good);
  const bad = { ...good, attributes: [{ key: 'a', value: { intValue: '1'.repeat(30) } }] };
  expect(() => one.add({ resource: { attributes: [] } }, bad)).toThrow(OtlpError);
  one.add({}, good);
  two.add({}, good);
  two.add({}, good);
  expect(Buffer.from(one.finish())).toEqual(Buffer.from(two.finish()));
});

test('a span that adds another one while it is read is refused, and takes nothing with it', () => {
  const good = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'x' };
  const writer = new TraceRequestWriter();
  const bad = {
    ...good,
    get flags() {
      writer.add({}, good);
      return 1;
    },
  };
  writer.add({}, good);
  expect(() => writer.add({}, bad)).toThrow(OtlpError);
  writer.add({}, good);
  expect(modelIn(writer.finish())[0]?.scopeSpans[0]?.spans).toEqual([good, good]);
});

const good = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', name: 'x' };

function finished(name: string, resource: Resource = {}): { writer: TraceRequestWriter; bytes: Uint8Array } {
  const writer = new TraceRequestWriter();
  writer.add({ resource, scope: { name: 'scope' } }, { ...good, name });
  return { writer, bytes: writer.finish() };
}

function nameIn(bytes: Uint8Array): string | undefined {
  return modelIn(bytes)[0]?.scopeSpans[0]?.spans[0]?.name;
}

test('a request stays as it is until it is released, whatever is written behind it', () => {
  const requests = Array.from({ length: 5 }, (_, index) => finished(`request ${index}`));
  for (const [index, { bytes }] of requests.entries()) expect(nameIn(bytes)).toBe(`request ${index}`);
  for (const { writer } of requests) writer.release();
});

test('the memory of a request that is released is that of the next one, once', () => {
  // Who has begun a request has memory, too: none is spare.
  const others = Array.from({ length: 4 }, () => new TraceRequestWriter());
  const first = finished('first');
  const { buffer } = first.bytes;
  first.writer.release();
  first.writer.release();
  const [next, other] = [new TraceRequestWriter(), new TraceRequestWriter()];
  next.add({}, { ...good, name: 'next' });
  other.add({}, { ...good, name: 'other' });
  const [bytes, otherBytes] = [next.finish(), other.finish()];
  expect(bytes.buffer).toBe(buffer);
  expect(nameIn(bytes)).toBe('next');
  expect(nameIn(otherBytes)).toBe('other');
  expect(others.map((writer) => writer.size)).toEqual([0, 0, 0, 0]);
});

test('a request that is finished takes no span, and is given once', () => {
  const { writer, bytes } = finished('only');
  expect(() => writer.add({}, good)).toThrow(OtlpError);
  expect(() => writer.finish()).toThrow(OtlpError);
  expect(nameIn(bytes)).toBe('only');
  writer.release();
  expect(() => writer.finish()).toThrow(OtlpError);
});

test('a resource of any size stands in front of its spans', () => {
  for (const length of [0, 100, 4000, 4050, 4060, 4070, 4080, 4090, 4096, 4100, 100_000]) {
    const resource = { attributes: [{ key: 'k', value: { stringValue: 'v'.repeat(length) } }] };
    const { writer, bytes } = finished(`behind ${length}`, resource);
    const span = { ...good, name: `behind ${length}` };
    const scopeSpans = [{ scope: { name: 'scope' }, spans: [span] }];
    expect(Buffer.from(bytes)).toEqual(
      Buffer.from(encodeTraceRequest({ resourceSpans: [{ resource, scopeSpans }] }, { format: 'protobuf' })),
    );
    writer.release();
  }
});
