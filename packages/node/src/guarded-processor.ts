import type { Context, ReadableSpan, SpanProcessor } from '@spanseal/span-processor';
import { kindOf } from './error-kind.js';
import { guardRecord } from './guard-record.js';
import { notice } from './notice.js';
import { fillSlot, putMethod } from './own-values.js';
import type { Protection, SealedExporter } from './protection.js';
import type { FoundProcessor } from './provider-shape.js';
import { noExporters, type ProcessorReport, sealExporters } from './sealed-exporters.js';
import { likeSpan, standardSpan } from './span-likeness.js';
import { maskWaiting } from './waiting-spans.js';

/**
 * Gives a processor masked copies instead of spans: its own `onStart` and `onEnd` are called by a MaskingSpanProcessor from
 * now on. It stays the object that it is, so whoever holds it, tracers and the app, holds a guarded one. What cannot be
 * changed is replaced where it is kept.
 *
 * @returns whether spans reach it masked only.
 */
export function guardProcessor(
  { processor, slots }: FoundProcessor,
  protection: Protection,
  report: ProcessorReport,
): boolean {
  const { seen } = guardRecord();
  if (seen.has(processor)) return true;
  const door = new GuardedDoor(processor as SpanProcessor, protection, report);
  const waiting = maskWaiting(processor, protection);
  const onStart = (span: ReadableSpan, context: Context) => door.onStart(span, context);
  const onEnd = (span: ReadableSpan) => door.onEnd(span);
  // What waits has to be sealed before the processor sends it.
  if (waiting.length > 0) door.open(waiting);
  else setImmediate(() => door.open()).unref();
  if (putMethod(processor, 'onStart', onStart) && putMethod(processor, 'onEnd', onEnd)) {
    seen.add(processor);
    return true;
  }
  seen.add(door);
  return slots.length > 0 && slots.map((slot) => fillSlot(slot, door)).every(Boolean);
}

/** Stands before a processor. What it needs is loaded with the first span, or when the process has a moment. */
class GuardedDoor implements SpanProcessor {
  readonly #original: SpanProcessor;
  readonly #next: SpanProcessor;
  readonly #protection: Protection;
  readonly #report: ProcessorReport;
  #masking: SpanProcessor | undefined;
  #sealed: SealedExporter | undefined;
  #isClosed = false;
  /** The span that a hook is called with, as its SDK made it. */
  #current: ReadableSpan | undefined;

  constructor(original: SpanProcessor, protection: Protection, report: ProcessorReport) {
    this.#original = original;
    this.#protection = protection;
    this.#report = report;
    const { onStart, onEnd } = original;
    this.#next = {
      onStart: (span, context) => onStart.call(original, this.#current ?? span, context),
      onEnd: (copy) => {
        this.#sealed?.ended.onEnd(copy);
        onEnd.call(original, likeSpan(copy, this.#current ?? copy));
      },
      onEnding: (span) => original.onEnding?.(span),
      forceFlush: () => original.forceFlush(),
      shutdown: () => original.shutdown(),
    };
  }

  onStart(span: ReadableSpan, context: Context): void {
    this.#pass(span, (masking, standard) => masking.onStart(standard, context));
  }

  onEnding(span: ReadableSpan): void {
    this.#masking?.onEnding?.(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#pass(span, (masking, standard) => {
      this.#sealed?.note(standard);
      masking.onEnd(standard);
    });
  }

  /** A processor can end a span while it is told of another. */
  #pass(span: ReadableSpan, hand: (masking: SpanProcessor, standard: ReadableSpan) => void): void {
    const masking = this.#opened();
    if (masking === undefined) return;
    const before = this.#current;
    this.#current = span;
    try {
      hand(masking, standardSpan(span));
    } catch {
      notice('error', 'a span cannot be read: it is not exported');
    } finally {
      this.#current = before;
    }
  }

  forceFlush(): Promise<void> {
    return this.#original.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#original.shutdown();
  }

  /** Loads what it needs: faults of the configuration are told soon, and no span waits for the masker. */
  open(waiting: readonly ReadableSpan[] = []): void {
    this.#opened();
    // They are on their way to the exporter like those that are to come, and the queue can have no room for one of either.
    for (const span of waiting) this.#sealed?.ended.onEnd(span);
  }

  /** Undefined: there is no masker, and no span passes. */
  #opened(): SpanProcessor | undefined {
    if (this.#masking !== undefined || this.#isClosed) return this.#masking;
    try {
      const masking = this.#protection.masking().processor(this.#next);
      this.#seal();
      this.#masking = masking;
    } catch (error) {
      this.#isClosed = true;
      notice('error', `the masker cannot be loaded (${kindOf(error)}): no span leaves this process`);
    }
    return this.#masking;
  }

  #seal(): void {
    try {
      const { counts, direct } = sealExporters(this.#original, this.#protection);
      this.#sealed = direct;
      this.#report.exporters(counts);
    } catch (error) {
      this.#report.exporters({ ...noExporters, unsealed: 1 });
      notice(
        'error',
        `an exporter cannot be sealed (${kindOf(error)}): its spans leave masked and without seals`,
      );
    }
  }
}
