import {
  encodeTraceRequest,
  type NativeSpan,
  type ResourceSpans,
  type ScopeSpans,
  type SealedCore,
  type SpanOrigin,
  sealAttributeKey,
} from '@spanseal/otlp';

/** A request in JSON: the counterpart of `TraceRequestWriter` of @spanseal/otlp. Spans of one scope stand together. */
export class JsonBody {
  readonly #resources = new Map<unknown, ResourceSpans>();
  readonly #scopes = new Map<unknown, Map<unknown, ScopeSpans>>();

  #size = 0;

  /** Bytes of its spans in protobuf: some half of what they have in JSON. */
  get size(): number {
    return this.#size;
  }

  /** @throws OtlpError for a span that cannot be written. */
  add(origin: SpanOrigin, native: NativeSpan, sealed?: Pick<SealedCore, 'bytes' | 'seal'>): void {
    this.#size += sealed?.bytes.length ?? native.withCore(0, ({ length }) => length);
    const span = native.toModel();
    const seal = sealed === undefined ? [] : [{ key: sealAttributeKey, value: { stringValue: sealed.seal } }];
    this.#scopeOf(origin).spans.push({ ...span, attributes: [...(span.attributes ?? []), ...seal] });
  }

  finish(): Uint8Array {
    return encodeTraceRequest({ resourceSpans: [...this.#resources.values()] }, { format: 'json' });
  }

  release(): void {
    // The memory of JSON is not used again.
  }

  #scopeOf({ resource, resourceSchemaUrl = '', scope, scopeSchemaUrl = '' }: SpanOrigin): ScopeSpans {
    const scopes = this.#scopes.get(resource) ?? new Map<unknown, ScopeSpans>();
    this.#scopes.set(resource, scopes);
    const known = scopes.get(scope);
    if (known !== undefined) return known;
    const scopeSpans: ScopeSpans = {
      ...(scope !== undefined && { scope }),
      spans: [],
      schemaUrl: scopeSchemaUrl,
    };
    scopes.set(scope, scopeSpans);
    const resourceSpans = this.#resources.get(resource) ?? {
      ...(resource !== undefined && { resource }),
      scopeSpans: [],
      schemaUrl: resourceSchemaUrl,
    };
    this.#resources.set(resource, resourceSpans);
    resourceSpans.scopeSpans.push(scopeSpans);
    return scopeSpans;
  }
}
