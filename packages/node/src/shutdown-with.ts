import type { SpanExporter } from '@spanseal/otlp-exporter';

/**
 * Gives a processor a `shutdown` that shuts an exporter down after it, whatever becomes of its own: the batch processor of the SDK leaves
 * its exporter open when its last export fails. One that cannot be changed stays as it is.
 */
export function shutDownWith(processor: object, exporter: SpanExporter): void {
  const shutdown: unknown = Reflect.get(processor, 'shutdown');
  if (typeof shutdown !== 'function') return;
  const value = async function (this: unknown): Promise<void> {
    try {
      await shutdown.call(this);
    } finally {
      await exporter.shutdown().catch(() => undefined);
    }
  };
  Reflect.defineProperty(processor, 'shutdown', { value, writable: true, configurable: true });
}
