import type { NativeSpan, Resource, Scope, Span } from '@spanseal/otlp';

/** What stands around a span in a request. */
export interface Surroundings {
  readonly scope?: Scope | undefined;
  readonly scopeSchemaUrl?: string | undefined;
  readonly resource?: Resource | undefined;
  readonly resourceSchemaUrl?: string | undefined;
}

/** A span with all that stands around it in a request. */
export interface SpanInRequest extends Surroundings {
  readonly span: Span;
}

/** A span that is to be sealed: as it stands in the model, or as an SDK has it. */
export interface SpanToSeal extends Surroundings {
  readonly span: Span | NativeSpan;
}
