import {
  type AnyValue,
  canonicalResource,
  canonicalScope,
  canonicalSpan,
  type Span,
  type TraceRequest,
} from '../src/index.js';

/** A request of one span. */
export function requestOf(span: Span): TraceRequest {
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans: [span] }] }] };
}

/** A span of one attribute, `k`. */
export function spanOf(value: AnyValue): Span {
  return { name: 'n', attributes: [{ key: 'k', value }] };
}

/** All spans of a request, in order. */
export function spansOf(request: TraceRequest): Span[] {
  return request.resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans));
}

/** The path of the attribute's value in a request made of `requestOf(spanOf(…))`. */
export const valuePath = 'resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value';

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** A span with every member of the model. */
export const fullSpan: Span = {
  traceId: '0102030405060708090a0b0c0d0e0f10',
  spanId: '1112131415161718',
  traceState: 'a=1,b=2',
  parentSpanId: '2122232425262728',
  name: 'GET /orders/{id}',
  kind: 2,
  startTimeUnixNano: '1767225600000000000',
  endTimeUnixNano: '1767225600012345678',
  attributes: [
    { key: 'zebra', value: { stringValue: 'é' } },
    { key: 'apple', value: { boolValue: false } },
    { key: 'int', value: { intValue: '-9007199254740993' } },
    { key: 'double', value: { doubleValue: 0.1 } },
    { key: 'list', value: { arrayValue: { values: [{ stringValue: 'b' }, {}, { stringValue: 'a' }] } } },
    {
      key: 'map',
      value: {
        kvlistValue: {
          values: [
            { key: 'z', value: { intValue: '1' } },
            { key: 'a', value: {} },
          ],
        },
      },
    },
    { key: 'bytes', value: { bytesValue: 'AP8=' } },
  ],
  droppedAttributesCount: 1,
  events: [
    {
      timeUnixNano: '1767225600000000002',
      name: 'second',
      attributes: [{ key: 'e', value: { stringValue: 'x' } }],
      droppedAttributesCount: 2,
    },
    { timeUnixNano: '1767225600000000001', name: 'first' },
  ],
  droppedEventsCount: 3,
  links: [
    {
      traceId: '3132333435363738393a3b3c3d3e3f40',
      spanId: '4142434445464748',
      traceState: 'c=3',
      attributes: [{ key: 'l', value: { stringValue: 'y' } }],
      droppedAttributesCount: 4,
      flags: 1,
    },
  ],
  droppedLinksCount: 5,
  status: { message: 'no', code: 2 },
  flags: 257,
};

/** A request with every member of the model. */
export const fullRequest: TraceRequest = {
  resourceSpans: [
    {
      resource: {
        attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }],
        droppedAttributesCount: 6,
        entityRefs: [
          { schemaUrl: 'https://s/1', type: 'service', idKeys: ['service.name', ''], descriptionKeys: ['d'] },
        ],
      },
      scopeSpans: [
        {
          scope: {
            name: 'lib',
            version: '1.0.0',
            attributes: [{ key: 's', value: { boolValue: true } }],
            droppedAttributesCount: 7,
          },
          spans: [fullSpan, { ...fullSpan, attributes: [] }],
          schemaUrl: 'https://s/2',
        },
      ],
      schemaUrl: 'https://s/3',
    },
  ],
};

/** All of a request in canonical bytes, as text: what a pipeline may not change. */
export function canonicalLines(request: TraceRequest): string[] {
  return request.resourceSpans.flatMap((resource) =>
    resource.scopeSpans.flatMap((scope) => {
      const around = [
        hexOf(canonicalResource(resource.resource)),
        resource.schemaUrl ?? '',
        hexOf(canonicalScope(scope.scope)),
        scope.schemaUrl ?? '',
      ];
      return scope.spans.map((span) => [...around, hexOf(canonicalSpan(span))].join(' '));
    }),
  );
}
