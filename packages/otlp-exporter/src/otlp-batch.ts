import { type NativeSpan, type SealedCore, type SpanOrigin, TraceRequestWriter } from '@spanseal/otlp';
import { batchHeaderName } from '@spanseal/seal';
import { JsonBody } from './json-body.js';
import type { ReadableSpan, Resource } from './readable-span.js';
import type { SealableSpan, SealableSpans } from './sealable-span.js';
import type { OutgoingBatch, Sealing, SendResult } from './span-outlet.js';

/** A request that is about to be sent. */
export interface OutgoingRequest {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly spans: number;
  /** Nobody will read the body any more: its memory is for the next request. Who cannot be sure does not call it. */
  release(): void;
}

export interface OtlpBatchOptions {
  readonly format: 'protobuf' | 'json';
  readonly spans: SealableSpans;
  readonly sealing: Sealing | undefined;
  readonly send: (request: OutgoingRequest, done: (result: SendResult) => void) => void;
}

/** A request ends with the span that makes it as large: receivers of gRPC refuse, by default, messages of more than 4 MiB. */
const fullSize = 3 * 1024 * 1024;

/** A request's body as it grows. */
interface RequestBody {
  /** Bytes of its spans in protobuf. */
  readonly size: number;
  add(origin: SpanOrigin, span: NativeSpan, sealed?: SealedCore): void;
  finish(): Uint8Array;
  release(): void;
}

/** Spans as one request, which is written while they are added, and signed as a whole. */
export class OtlpBatch<Given> implements OutgoingBatch<Given> {
  readonly #options: OtlpBatchOptions;
  readonly #body: RequestBody;
  /** Seq of its first span. */
  readonly #first: number;
  #count = 0;

  constructor(options: OtlpBatchOptions) {
    this.#options = options;
    this.#body = options.format === 'json' ? new JsonBody() : new TraceRequestWriter();
    this.#first = options.sealing?.sealer.sealed ?? 0;
  }

  get isFull(): boolean {
    return this.#body.size >= fullSize;
  }

  get isSealed(): boolean {
    return this.#options.sealing !== undefined;
  }

  add(given: Given): Resource | undefined {
    const { spans, sealing } = this.#options;
    // The SDK's span type is not known here: this package reads the members that both lines share.
    const span = given as unknown as ReadableSpan;
    const sealable = sealing === undefined ? spans.fromUnsealed(span) : spans.from(span);
    if (sealable === undefined) return undefined;
    const { item, resource } = sealable;
    if (sealing === undefined) this.#body.add(item, item.span);
    else {
      const take = (sealed: SealedCore): void => this.#body.add(item, item.span, sealed);
      sealing.sealer.seal(item, sealing.nowMillis, take);
    }
    this.#count += 1;
    return resource;
  }

  addOwn(span: ReadableSpan): void {
    const item: SealableSpan['item'] | undefined = this.#options.spans.fromOwn(span)?.item;
    if (item === undefined) return;
    this.#body.add(item, item.span);
    this.#count += 1;
  }

  send(done: (result: SendResult) => void): void {
    const { sealing, send } = this.#options;
    const body = this.#body.finish();
    const headers = sealing === undefined ? {} : { [batchHeaderName]: this.#batchSeal(body, sealing) };
    send({ body, headers, spans: this.#count, release: () => this.#body.release() }, done);
  }

  /** Computed once: a retry sends the same body with the same header. */
  #batchSeal(body: Uint8Array, { sealer, nowMillis }: Sealing): string {
    const { format } = this.#options;
    const count = sealer.sealed - this.#first;
    return sealer.sealBatch({ format, body, first: this.#first, count }, nowMillis);
  }
}
