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
