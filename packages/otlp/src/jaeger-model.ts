import type { Token } from './json-scalar.js';

/** What the schema's reader makes of Jaeger's JSON; names as there. Times are decimal text, in microseconds. */
export interface JaegerTrace {
  readonly traceID?: string;
  readonly spans: readonly JaegerSpan[];
  readonly processes?: readonly { readonly name: string; readonly value: JaegerProcess }[];
  readonly warnings?: boolean;
}

export interface JaegerProcess {
  readonly serviceName?: string;
  readonly tags: readonly JaegerTag[];
}

export interface JaegerSpan {
  readonly traceID?: string;
  readonly spanID?: string;
  readonly parentSpanID?: string;
  readonly flags?: boolean;
  readonly operationName?: string;
  readonly references: readonly JaegerReference[];
  readonly startTime?: string;
  readonly duration?: string;
  readonly tags: readonly JaegerTag[];
  readonly logs: readonly JaegerLog[];
  readonly processID?: string;
  readonly process?: JaegerProcess;
  readonly warnings?: boolean;
}

export interface JaegerReference {
  readonly refType?: string;
  readonly traceID?: string;
  readonly spanID?: string;
}

export interface JaegerLog {
  readonly timestamp?: string;
  readonly fields: readonly JaegerTag[];
}

export interface JaegerTag {
  readonly key: string;
  readonly type?: string;
  readonly value?: Token;
}
