import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { SpanRecord } from './message.js';

type Field = readonly [label: string, text: string];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function fieldsOf(span: ReadableSpan): Field[] {
  const fields: Field[] = Object.entries(span.attributes).map(([key, value]) => [key, textOf(value)]);
  if (span.status.message !== undefined) fields.push(['status message', span.status.message]);
  for (const event of span.events) {
    for (const [key, value] of Object.entries(event.attributes ?? {})) fields.push([key, textOf(value)]);
  }
  return fields;
}

/** Keeps what spans were before they were masked: for the demo to show, and for nothing else. */
export class SpanRecorder implements SpanProcessor {
  readonly #records: SpanRecord[] = [];

  get records(): readonly SpanRecord[] {
    return this.#records;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.#records.push({ spanId: span.spanContext().spanId, name: span.name, fields: fieldsOf(span) });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}
