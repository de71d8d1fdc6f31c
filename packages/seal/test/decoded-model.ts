import type { AnyValue, KeyValue, Span, TraceRequest } from '@spanseal/otlp';

// What a request means to whoever reads it, written down in one way: by the rules of docs/protocol.md and not with the code
// that seals and verifies, so that the two can be set beside each other.

const covered = ['service.name', 'service.version'];

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

const byKey = (one: KeyValue, other: KeyValue): number => (one.key < other.key ? -1 : 1);

function attributesOf(list: readonly KeyValue[] = []): Plain {
  return [...list].sort(byKey).map(({ key, value }) => [key, meaningOf(value)]);
}

function meaningOf(value: AnyValue = {}): Plain {
  const { arrayValue, kvlistValue, doubleValue } = value;
  if (arrayValue !== undefined) return { list: (arrayValue.values ?? []).map(meaningOf) };
  if (kvlistValue !== undefined) return { map: attributesOf(kvlistValue.values) };
  // −0 is 0: no reader of attributes tells them apart. A NaN is read as one whatever its bits.
  if (doubleValue !== undefined) return { double: doubleValue === 0 ? 0 : `${doubleValue}` };
  return { ...value } as { [name: string]: Plain };
}

const idOf = (id = ''): string => (/^0*$/.test(id) ? '' : id);

/** What a profile covers of a span. */
export type Coverage = 'exact' | 'core';

function spanOf(span: Span, coverage: Coverage): Plain {
  const isExact = coverage === 'exact';
  const events = (span.events ?? []).map(
    ({ attributes, droppedAttributesCount = 0, ...event }): Plain => ({
      ...(event as { [name: string]: Plain }),
      attributes: attributesOf(attributes),
      ...(isExact && { dropped: droppedAttributesCount }),
    }),
  );
  const { links = [], status = {}, name = '', kind = 0, traceState = '' } = span;
  return {
    ...{ name, kind, traceState, attributes: attributesOf(span.attributes) },
    ids: [idOf(span.traceId), idOf(span.spanId), idOf(span.parentSpanId)],
    times: [`${span.startTimeUnixNano ?? 0}`, `${span.endTimeUnixNano ?? 0}`],
    events: isExact ? events : events.map((event) => JSON.stringify(event)).sort(),
    links: links.map(({ attributes, traceId, spanId, traceState: state = '', flags = 0, ...rest }) => ({
      ...{ ids: [idOf(traceId), idOf(spanId)], state, attributes: attributesOf(attributes) },
      ...(isExact && { flags, dropped: rest.droppedAttributesCount ?? 0 }),
    })),
    status: [status.code ?? 0, status.message ?? ''],
    ...(isExact && {
      flags: span.flags ?? 0,
      dropped: [
        span.droppedAttributesCount ?? 0,
        ...[span.droppedEventsCount ?? 0, span.droppedLinksCount ?? 0],
      ],
    }),
  };
}

/** All that a seal is about in a request of one span, and nothing of what enrichment may write. */
export function sealedModel({ resourceSpans }: TraceRequest, coverage: Coverage): Plain {
  return resourceSpans.map(({ resource, scopeSpans, schemaUrl = '' }) => ({
    resource: attributesOf(resource?.attributes?.filter(({ key }) => covered.includes(key))),
    scopes: scopeSpans.map(({ scope, spans, schemaUrl: scopeUrl = '' }) => ({
      scope: [scope?.name ?? '', scope?.version ?? ''],
      spans: spans.map((span) => spanOf(span, coverage)),
      ...(coverage === 'exact' && {
        urls: [schemaUrl, scopeUrl],
        scopeTail: [attributesOf(scope?.attributes), scope?.droppedAttributesCount ?? 0],
      }),
    })),
  }));
}

/** What a checkpoint is about in a request of checkpoint spans: its text, and that nothing else can be shown. */
export function checkpointModel({ resourceSpans }: TraceRequest): Plain {
  return resourceSpans.map(({ scopeSpans }) =>
    scopeSpans.map(({ scope, spans }) => ({
      scope: [scope?.name ?? '', attributesOf(scope?.attributes)],
      spans: spans.map(({ flags: _, kind = 0, ...span }) => ({
        ...(spanOf({ ...span, kind: kind > 1 ? kind : 0 }, 'exact') as { [name: string]: Plain }),
        // Not signed, and without a meaning.
        ids: [idOf(span.parentSpanId)],
        times: [],
      })),
    })),
  );
}
