import type { AnyValue, KeyValue, Span, TraceRequest } from '@spanseal/otlp';

/** What stores answer when they are asked for the traces of these requests. */
export const storeAnswers = { jaeger, jaegerOtlp, tempo, tempo2 };

const groupsOf = (requests: readonly TraceRequest[]) => requests.flatMap((request) => request.resourceSpans);

/** Jaeger's /api/traces: one trace for each group of spans. */
function jaeger(requests: readonly TraceRequest[]): string {
  const data = groupsOf(requests).map(({ resource, scopeSpans }) => ({
    traceID: scopeSpans[0]?.spans[0]?.traceId,
    spans: scopeSpans.flatMap(({ scope, spans }) => spans.map((span) => jaegerSpan(span, scope?.name ?? ''))),
    processes: {
      p1: { serviceName: textOf(resource?.attributes ?? [], 'service.name'), tags: [] },
    },
    warnings: null,
  }));
  return JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null });
}

const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];

function jaegerSpan(span: Span, scope: string): object {
  const [start, end] = [BigInt(span.startTimeUnixNano ?? 0), BigInt(span.endTimeUnixNano ?? 0)];
  const tag = (key: string, value: unknown) => ({ key, type: 'string', value });
  return {
    traceID: span.traceId,
    spanID: span.spanId,
    operationName: span.name,
    references: [],
    startTime: Number(start / 1000n),
    duration: Number((end - start) / 1000n),
    tags: [
      ...(span.attributes ?? []).map(({ key, value }) => tag(key, value?.stringValue)),
      ...(scope === '' ? [] : [tag('otel.scope.name', scope)]),
      ...(span.kind === undefined ? [] : [tag('span.kind', kinds[span.kind])]),
    ],
    logs: [],
    processID: 'p1',
    warnings: null,
  };
}

function textOf(attributes: readonly KeyValue[], name: string): AnyValue['stringValue'] {
  return attributes.find(({ key }) => key === name)?.value?.stringValue;
}

/** Jaeger's /api/v3/traces. */
function jaegerOtlp(requests: readonly TraceRequest[]): string {
  return JSON.stringify({ result: { resourceSpans: groupsOf(requests) } });
}

/** Tempo's /api/traces: ids are base64, since protobuf's own JSON writes bytes like that. */
function tempo(requests: readonly TraceRequest[]): string {
  return inBase64(JSON.stringify({ batches: groupsOf(requests) }));
}

/** Tempo's /api/v2/traces. */
function tempo2(requests: readonly TraceRequest[]): string {
  return inBase64(JSON.stringify({ trace: { resourceSpans: groupsOf(requests) }, metrics: {} }));
}

function inBase64(text: string): string {
  return text.replace(
    /("(?:traceId|spanId)":)"([0-9a-f]+)"/g,
    (_, name, id) => `${name}"${Buffer.from(id, 'hex').toString('base64')}"`,
  );
}
