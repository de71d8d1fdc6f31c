import type { Resource, Scope, Span } from '@spanseal/otlp';

/** A span with all that stands around it in a request. */
export interface SpanInRequest {
  readonly span: Span;
  readonly scope?: Scope | undefined;
  readonly scopeSchemaUrl?: string | undefined;
  readonly resource?: Resource | undefined;
  readonly resourceSchemaUrl?: string | undefined;
}
