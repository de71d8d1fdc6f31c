import type { SpanExporter } from '@spanseal/otlp-exporter';
import { fillSlot, hasMethods, ownSlots, type Slot } from './own-values.js';
import type { Protection, SealedExporter } from './protection.js';
import { isProcessor } from './provider-shape.js';

/** How deep an exporter can be inside processors that wrap others. */
const deepest = 4;

export interface SealedExporters {
  readonly slots: { readonly sealed: number; readonly unsealed: number };
  /** The exporter that the processor itself calls: all spans that end in the one are on their way to the other. */
  readonly direct: SealedExporter | undefined;
}

/**
 * Puts exporters that seal in the place of the exporters of a processor, when there is something to seal with. They are found
 * by what they can do; one in a private field cannot be.
 */
export function sealExporters(processor: object, protection: Protection): SealedExporters {
  const sealing = protection.sealing();
  const found = sealing === undefined ? [] : exporterSlots(processor, 0);
  if (sealing === undefined) return { slots: { sealed: 0, unsealed: 0 }, direct: undefined };
  let sealed = 0;
  let direct: SealedExporter | undefined;
  for (const slot of found) {
    const inner = slot.value as SpanExporter;
    if (isSealing(inner)) sealed += 1;
    else {
      const outer = sealing.exporter(inner);
      if (fillSlot(slot, outer.exporter)) sealed += 1;
      if (slot.holder === processor) direct = outer;
    }
  }
  return { slots: { sealed, unsealed: found.length === 0 ? 1 : found.length - sealed }, direct };
}

function exporterSlots(processor: object, depth: number): Slot[] {
  return ownSlots(processor).flatMap((slot) => {
    if (isExporter(slot.value)) return [slot];
    const inner = Array.isArray(slot.value) ? slot.value : [slot.value];
    return depth >= deepest
      ? []
      : inner.filter(isProcessor).flatMap((each) => exporterSlots(each, depth + 1));
  });
}

/** One that takes spans alone cannot tell what became of them, and is no exporter of OpenTelemetry's. */
function isExporter(value: unknown): boolean {
  return (
    hasMethods(value, 'export', 'shutdown') &&
    !isProcessor(value) &&
    (value['export'] as { readonly length: number }).length !== 1
  );
}

/** A SigningSpanExporter, of whichever copy of its package. */
function isSealing(exporter: object): boolean {
  return 'stream' in exporter && hasMethods(exporter, 'export', 'counters');
}
