import { isKeyRing, type KeyRing } from '@spanseal/seal';
import { type CheckedCheckpointSettings, readCheckpointSettings } from './checkpoint-settings.js';
import type { EndedSpans } from './ended-spans.js';
import { ExporterError, type ExporterFault } from './exporter-error.js';

/** Options that were checked. */
export interface CheckedExporterOptions {
  readonly keyRing: KeyRing;
  /** Undefined: no checkpoints. */
  readonly settings: CheckedCheckpointSettings | undefined;
  readonly endedSpans: Pick<EndedSpans, 'count'> | undefined;
}

const names: readonly string[] = ['keyRing', 'checkpoints', 'endedSpans'];

/** @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once. */
export function checkExporterOptions(inner: unknown, options: unknown): CheckedExporterOptions {
  const faults: ExporterFault[] = [];
  if (!isExporter(inner)) {
    faults.push({
      path: 'inner',
      expected: 'a SpanExporter with export() and shutdown()',
      got: kindOf(inner),
    });
  }
  const given: Readonly<Record<string, unknown>> =
    typeof options === 'object' && options !== null ? { ...options } : {};
  for (const name of Object.keys(given)) {
    if (!names.includes(name))
      faults.push({
        path: `options.${name}`,
        expected: `only ${names.join(', ')}`,
        got: 'an unknown option',
      });
  }
  const { keyRing, endedSpans } = given;
  const settings = readCheckpointSettings(given['checkpoints'], faults);
  if (endedSpans !== undefined && !countsSpans(endedSpans)) {
    faults.push({ path: 'options.endedSpans', expected: 'an EndedSpans', got: kindOf(endedSpans) });
  }
  if (!isKeyRing(keyRing)) {
    faults.push({
      path: 'options.keyRing',
      expected: 'a key ring of createKeyRing() of @spanseal/seal',
      got: kindOf(keyRing),
    });
  }
  if (faults.length > 0 || !isKeyRing(keyRing)) throw new ExporterError(faults);
  return { keyRing, settings, endedSpans: countsSpans(endedSpans) ? endedSpans : undefined };
}

function countsSpans(value: unknown): value is Pick<EndedSpans, 'count'> {
  return typeof value === 'object' && value !== null && 'count' in value && typeof value.count === 'number';
}

function isExporter(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'export' in value &&
    typeof value.export === 'function' &&
    'shutdown' in value &&
    typeof value.shutdown === 'function'
  );
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : typeof value;
}
