import type { Context, ReadableSpan } from '@spanseal/span-processor';
import { type GuardedProvider, guardRecord, isNew } from './guard-record.js';
import { inertSpan } from './inert-tracing.js';
import { notice } from './notice.js';
import { hasMethods, ownSlots, putMethod } from './own-values.js';
import type { Masking, Protection } from './protection.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** A span as it is before its end. */
type LiveSpan = ReadableSpan & { isRecording?(): boolean; end: Method };

/**
 * For a provider whose processors cannot be found: every span of its tracers is masked in place when it ends, before anybody
 * behind it sees it. A span that cannot be masked does not end: it is never exported.
 */
export function guardTracers(provider: object, protection: Protection, need: DoorNeed): void {
  const door = new SpanDoor(protection, need);
  const getTracer = Reflect.get(provider, 'getTracer') as Method;
  const isPut = putMethod(provider, 'getTracer', function (this: unknown, ...given: unknown[]) {
    return door.guardTracer(getTracer.apply(this, given));
  });
  if (!isPut) throw new TypeError('a provider that cannot be changed');
  // Tracers that were given out before share their methods with this one.
  const tracer = getTracer.call(provider, '@spanseal/node');
  const methods: unknown = typeof tracer === 'object' && tracer !== null && Object.getPrototypeOf(tracer);
  if (methods !== Object.prototype && hasMethods(methods, 'startSpan')) door.guardTracer(methods);
}

/** Of which provider spans are masked in place, and whether they have to be, which can change. */
export interface DoorNeed {
  readonly record: GuardedProvider;
  isNeeded(): boolean;
}

class SpanDoor {
  readonly #protection: Protection;
  readonly #record: GuardedProvider;
  readonly #isNeeded: () => boolean;
  #masking: ReturnType<Masking['processor']> | undefined;
  #isTold = false;

  constructor(protection: Protection, { record, isNeeded }: DoorNeed) {
    this.#protection = protection;
    this.#record = record;
    this.#isNeeded = isNeeded;
  }

  /** The tracer itself, or what must be used in its place. */
  guardTracer(tracer: unknown): unknown {
    if (!hasMethods(tracer, 'startSpan') || !isNew(tracer)) return tracer;
    const { startSpan, startActiveSpan } = tracer as unknown as {
      startSpan: Method;
      startActiveSpan?: Method;
    };
    const target = Object.isExtensible(tracer) ? tracer : Object.create(tracer);
    const self = (called: unknown) => (called === target && target !== tracer ? tracer : called);
    const door = this;
    putMethod(target, 'startSpan', function (this: unknown, ...given: unknown[]) {
      return door.#guardSpan(startSpan.apply(self(this), given), given[2]);
    });
    if (typeof startActiveSpan !== 'function') return target;
    putMethod(target, 'startActiveSpan', function (this: unknown, ...given: unknown[]) {
      const callback = given.at(-1);
      if (typeof callback !== 'function') return startActiveSpan.apply(self(this), given);
      const guarded = (span: unknown, ...others: unknown[]) =>
        callback(door.#guardSpan(span, given.length > 3 ? given[2] : undefined), ...others);
      return startActiveSpan.call(self(this), ...given.slice(0, -1), guarded);
    });
    return target;
  }

  /** The span itself, or one that goes nowhere. */
  #guardSpan(span: unknown, context: unknown): unknown {
    if (!hasMethods(span, 'end', 'spanContext') || !isNew(span)) return span;
    const live = span as unknown as LiveSpan;
    // What does not record holds nothing and is not exported.
    if (!this.#isNeeded() || live.isRecording?.() === false) return span;
    this.#tell();
    const { end } = live;
    const door = this;
    const isPut = putMethod(span, 'end', function (this: unknown, ...given: unknown[]) {
      return door.#isMasked(live) ? end.apply(this, given) : undefined;
    });
    if (!isPut) {
      this.#close('a span cannot be changed: it is not exported');
      return inertSpan(live.spanContext());
    }
    this.#start(live, context);
    return span;
  }

  #start(span: LiveSpan, context: unknown): void {
    try {
      this.#opened().onStart(span, (context ?? emptyContext) as Context);
    } catch {
      // Reported when the span ends.
    }
  }

  /** False: it must not end. */
  #isMasked(span: LiveSpan): boolean {
    try {
      if (!isWritable(span)) {
        return this.#close('a span does not hold its content in public fields: it is not exported');
      }
      const masking = this.#opened();
      const before = masking.counters().faults.inPlace;
      masking.onEnding?.(span);
      if (masking.counters().faults.inPlace === before) return true;
      return this.#close('a span cannot be written: it is not exported');
    } catch {
      return this.#close('a span cannot be masked: it is not exported');
    }
  }

  #opened(): ReturnType<Masking['processor']> {
    this.#masking ??= this.#protection.masking().processor();
    return this.#masking;
  }

  #tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#record.mode = 'spans';
    const { providers } = guardRecord();
    if (!providers.includes(this.#record)) providers.push(this.#record);
    notice(
      'warn',
      'a tracer provider has a shape that is not known: its spans are masked in place as they end',
    );
  }

  #close(text: string): false {
    this.#record.mode = 'closed';
    notice('error', text);
    return false;
  }
}

const emptyContext: Context = { getValue: () => undefined };

/**
 * Whether what a span holds is in its public fields, where it can be masked. A getter shows what is elsewhere: that stays as it
 * is, whatever is put in front of it.
 */
function isWritable(span: object): boolean {
  const fields = new Map(ownSlots(span).map(({ key, value }) => [key, value]));
  return (
    typeof fields.get('name') === 'string' &&
    Array.isArray(fields.get('events')) &&
    Array.isArray(fields.get('links')) &&
    ['attributes', 'status'].every((key) => typeof fields.get(key) === 'object' && fields.get(key) !== null)
  );
}
