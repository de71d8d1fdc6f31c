import type { SpanExporter } from '@spanseal/otlp-exporter';
import { fillSlot, hasMethods, ownSlots, type Slot } from './own-values.js';
import type { Protection, SealedExporter } from './protection.js';
import { isProcessor } from './provider-shape.js';

/** How deep an exporter can be inside processors that wrap others. */
const deepest = 4;

/** What became of the exporters of a processor. */
export interface ExporterCounts {
  readonly sealed: number;
  readonly unsealed: number;
  readonly exporterless: number;
}

/** Told once what became of the exporters of a processor. */
export interface ProcessorReport {
  exporters(counts: ExporterCounts): void;
}

export const noExporters: ExporterCounts = { sealed: 0, unsealed: 0, exporterless: 0 };

export interface SealedExporters {
  readonly counts: ExporterCounts;
  /** The exporter that the processor itself calls: all spans that end in the one are on their way to the other. */
  readonly direct: SealedExporter | undefined;
}

/**
 * Puts exporters that seal in the place of the exporters of a processor, when there is something to seal with. They are found
 * by what they can do; one in a private field cannot be.
 */
export function sealExporters(processor: object, protection: Protection): SealedExporters {
  const sealing = protection.sealing();
  if (sealing === undefined) return { counts: noExporters, direct: undefined };
  const found = exporterSlots(processor, 0);
  let direct: SealedExporter | undefined;
  const outcomes = found.map((slot): boolean => {
    const inner = slot.value as SpanExporter;
    if (isSealing(inner)) return true;
    if (!tellsOutcome(inner)) return false;
    const outer = sealing.exporter(inner);
    if (outer === undefined || !fillSlot(slot, outer.exporter)) return false;
    outer.endWith(processor);
    if (slot.holder === processor) direct = outer;
    return outer.seals;
  });
  const sealed = outcomes.filter(Boolean).length;
  const counts = { sealed, unsealed: found.length - sealed, exporterless: found.length === 0 ? 1 : 0 };
  return { counts, direct };
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

function isExporter(value: unknown): boolean {
  return hasMethods(value, 'export', 'shutdown') && !isProcessor(value);
}

/** One that takes spans alone cannot say what became of them, and is no exporter of OpenTelemetry's. */
function tellsOutcome(exporter: SpanExporter): boolean {
  return exporter.export.length !== 1;
}

/** A SigningSpanExporter, or a SignedOtlpExporter with a key, of whichever copy of their package. */
function isSealing(exporter: object): boolean {
  const hasKey = !('seals' in exporter) || exporter.seals !== false;
  return 'stream' in exporter && hasMethods(exporter, 'export', 'counters') && hasKey;
}
