import type { KeyValue, Span } from '@spanseal/otlp';
import type { CheckpointOptions, SpanInRequest, SpanSealer } from '@spanseal/seal';
import { checkpointItem } from './checkpoint-item.js';
import type { KeyRingInput } from './key-ring-input.js';
import { plainItem, plainSpan, sealedBy, sealerOf, startMillis, text, withSpan } from './sealed-span.js';

/** A stream of spans, each in a trace of its own, with a checkpoint whenever one is asked for. */
export class SealedStream {
  readonly #sealer: SpanSealer;
  readonly #startMillis: number;
  /** What stands around the spans to come. */
  resource: SpanInRequest['resource'];

  constructor(
    given: {
      stream?: number;
      startMillis?: number;
      checkpoints?: boolean;
      resource?: KeyValue[];
      ring?: KeyRingInput;
    } = {},
  ) {
    this.#startMillis = given.startMillis ?? startMillis;
    this.resource = { attributes: given.resource ?? [text('service.name', 'checkout')] };
    this.#sealer = sealerOf({
      ...(given.ring && { ring: given.ring }),
      stream: given.stream ?? 1,
      startMillis: this.#startMillis,
      checkpoints: given.checkpoints ?? true,
    });
  }

  get id(): string {
    return this.#sealer.stream;
  }

  spans(count: number, fields: Partial<Span> = {}): readonly SpanInRequest[] {
    return Array.from({ length: count }, () => {
      const span = { ...plainSpan(this.#sealer.sealed, this.#startMillis - startMillis + 1_000), ...fields };
      const item = { ...withSpan(plainItem, span), resource: this.resource };
      return sealedBy(this.#sealer, item, this.#startMillis + 1_000);
    });
  }

  checkpoint(options: Partial<CheckpointOptions> = {}): SpanInRequest {
    const nowMillis = this.#startMillis + 2_000;
    const [made] = this.#sealer.checkpoint({ nowMillis, ...options });
    return checkpointItem(made?.text ?? '');
  }

  end(options: Partial<CheckpointOptions> = {}): SpanInRequest {
    return this.checkpoint({ ...options, end: true });
  }
}
