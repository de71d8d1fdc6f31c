import { encodeTraceRequest, type ScopeSpans, type TraceRequest } from '@spanseal/otlp';
import type { SpanInRequest } from '@spanseal/seal';
import { hex } from './hex.js';

/** One ExportTraceServiceRequest in both formats. */
export interface RequestInput {
  readonly protobuf: string;
  /** As OTLP/JSON, where JSON can say it. */
  readonly json?: object;
}

export function requestInput(request: TraceRequest): RequestInput {
  return {
    protobuf: hex(encodeTraceRequest(request, { format: 'protobuf' })),
    json: JSON.parse(Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString()) as object,
  };
}

/** A request with these spans, each under a resource and a scope of its own. */
export function requestOf(items: readonly SpanInRequest[]): TraceRequest {
  return {
    resourceSpans: items.map(({ span, scope, scopeSchemaUrl, resource, resourceSchemaUrl }) => {
      const scopeSpans: ScopeSpans = { spans: [span] };
      if (scope !== undefined) scopeSpans.scope = scope;
      if (scopeSchemaUrl !== undefined) scopeSpans.schemaUrl = scopeSchemaUrl;
      return {
        ...(resource === undefined ? {} : { resource }),
        scopeSpans: [scopeSpans],
        ...(resourceSchemaUrl === undefined ? {} : { schemaUrl: resourceSchemaUrl }),
      };
    }),
  };
}

/** The spans of a request, each with what stands around it. */
export function itemsOf(request: TraceRequest): readonly SpanInRequest[] {
  return request.resourceSpans.flatMap(({ resource, schemaUrl: resourceSchemaUrl, scopeSpans }) =>
    scopeSpans.flatMap(({ scope, schemaUrl: scopeSchemaUrl, spans }) =>
      spans.map((span) => ({ span, scope, scopeSchemaUrl, resource, resourceSchemaUrl })),
    ),
  );
}
