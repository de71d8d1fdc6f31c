import { createMasker, type Masker } from '@spanseal/mask';
import type { MaskedSpan } from './masked-span.js';
import { checkParameters, type MaskingSpanProcessorOptions } from './processor-options.js';
import type { ReadableSpan } from './readable-span.js';
import { type SensitiveMark, SensitiveSpans } from './sensitive-spans.js';
import { SpanCounters, type SpanProcessorCounters } from './span-counters.js';
import { SpanMask } from './span-mask.js';
import { reportMetrics } from './span-metrics.js';
import type { Context, SpanProcessor } from './span-processor.js';
import { writeInPlace } from './write-in-place.js';

/**
 * A SpanProcessor that masks. With a next processor it hands on a masked copy of every span that ends, and never the
 * live one; this is the safe way. `onStart` and `onEnding` hand on the live span, unmasked: the next processor may have to write to
 * it, and must not export it there. Without one it masks the live span in place, which covers processors that could not be
 * wrapped, as far as the span can be written.
 *
 * No hook throws, whatever the span, the masker or the next processor do. A span that cannot be masked leaves with ids,
 * times, kind, status code and the attribute `spanseal.masked: "fault"`, and a counter goes up.
 *
 * @example new MaskingSpanProcessor(new BatchSpanProcessor(exporter), { policy: { extends: ['default', 'pii'] } })
 */
export class MaskingSpanProcessor implements SpanProcessor {
  readonly #next: SpanProcessor | undefined;
  readonly #masker: Masker;
  readonly #mask: SpanMask;
  readonly #sensitive: SensitiveSpans;
  readonly #counters = new SpanCounters();
  // What was known of spans that `onEnding` masked in place: others can have written to them since, so `onEnd` masks them again.
  readonly #done = new WeakMap<ReadableSpan, SensitiveMark | undefined>();

  /**
   * @throws SpanProcessorError, code `ERR_SPANSEAL_SPAN_PROCESSOR`, for a `next`, `masker` or `meterProvider` of the wrong
   *   kind, an unknown option, or a policy beside a masker: every fault at once.
   * @throws PolicyError, code `ERR_SPANSEAL_POLICY`, for a policy with faults.
   */
  constructor(next?: SpanProcessor | undefined, options: MaskingSpanProcessorOptions = {}) {
    checkParameters(next, options);
    const { policy, masker, meterProvider } = options;
    this.#next = next;
    this.#masker = masker ?? createMasker(policy);
    this.#mask = new SpanMask(this.#masker, () => this.#counters.faults.masking++);
    this.#sensitive = new SensitiveSpans(this.#masker);
    if (meterProvider !== undefined) reportMetrics(meterProvider, () => this.counters());
  }

  /** Decides whether the span belongs to a sensitive service, and passes on. */
  onStart(span: ReadableSpan, parentContext: Context): void {
    this.#counters.spans.started++;
    try {
      this.#sensitive.start(span, parentContext);
    } catch {
      this.#counters.faults.masking++;
    }
    try {
      this.#next?.onStart(span, parentContext);
    } catch {
      this.#counters.faults.next++;
    }
  }

  /** Passes on; in place, masks. */
  onEnding(span: ReadableSpan): void {
    if (this.#next === undefined) {
      this.#maskInPlace(span);
      return;
    }
    try {
      this.#next.onEnding?.(span);
    } catch {
      this.#counters.faults.next++;
    }
  }

  /** Hands on a masked copy; in place, masks what came after `onEnding`, too. */
  onEnd(span: ReadableSpan): void {
    this.#counters.spans.ended++;
    if (this.#next === undefined) {
      this.#maskInPlace(span);
      this.#done.delete(span);
      return;
    }
    const masked = this.#maskedCopy(span);
    if (masked === undefined) return;
    try {
      this.#next.onEnd(masked);
    } catch {
      this.#counters.faults.next++;
    }
  }

  /** Rejects when the next processor does. */
  async forceFlush(): Promise<void> {
    await this.#next?.forceFlush();
  }

  /** Rejects when the next processor does. */
  async shutdown(): Promise<void> {
    await this.#next?.shutdown();
  }

  /** What happened since the construction: names and counts only. */
  counters(): SpanProcessorCounters {
    const { spans, faults } = this.#counters;
    return {
      spans: { ...spans, evicted: this.#sensitive.evicted },
      faults: { ...faults },
      masker: this.#masker.counters(),
    };
  }

  #maskInPlace(span: ReadableSpan): void {
    try {
      const masked = this.#maskedCopy(span);
      if (masked !== undefined && writeInPlace(span, masked)) return;
    } catch {
      // Nothing of the span could be read; what could not be written counts below.
    }
    this.#counters.faults.inPlace++;
  }

  /** Undefined when the span cannot even be blanked. */
  #maskedCopy(span: ReadableSpan): MaskedSpan | undefined {
    const { faults } = this.#counters;
    const isInPlace = this.#next === undefined;
    const isAgain = isInPlace && this.#done.has(span);
    const spans = isAgain ? new SpanCounters().spans : this.#counters.spans;
    try {
      const known = isAgain ? this.#done.get(span) : this.#sensitive.end(span);
      if (isInPlace) this.#done.set(span, known);
      if (known !== 'fault') {
        let match = known;
        const masked = this.#mask.mask(span, (attributes) => {
          match = this.#sensitive.decide(attributes, known);
          return match;
        });
        spans.masked++;
        if (match !== undefined) spans.sensitive++;
        return masked;
      }
    } catch {
      faults.masking++;
      if (isInPlace) this.#done.set(span, 'fault');
    }
    const blanked = this.#mask.blank(span);
    if (blanked === undefined) spans.lost++;
    else spans.blanked++;
    return blanked;
  }
}
