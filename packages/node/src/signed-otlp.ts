import { EndedSpans, ExporterError, SignedOtlpExporter, type SpanExporter } from '@spanseal/otlp-exporter';
import type { KeyRing } from '@spanseal/seal';
import { describeFault } from './config-fault.js';
import { notice } from './notice.js';
import { hasMethods, ownSlots } from './own-values.js';
import type { SealedExporter } from './protection.js';
import { shutDownWith } from './shutdown-with.js';

/**
 * A SignedOtlpExporter in place of an OTLP exporter of the SDK, as the `OTEL_EXPORTER_OTLP_*` variables say.
 *
 * @returns undefined for an exporter of another kind, and where the variables do not allow it: that is said.
 */
export function signedOtlp(inner: SpanExporter, keyRing: KeyRing | undefined): SealedExporter | undefined {
  if (!isOtlpExporter(inner)) return undefined;
  try {
    const ended = new EndedSpans();
    const exporter = new SignedOtlpExporter(keyRing === undefined ? {} : { keyRing, endedSpans: ended });
    void Promise.resolve(inner.shutdown()).catch(() => undefined);
    return {
      exporter,
      ended,
      seals: keyRing !== undefined,
      note: () => undefined,
      endWith: (processor) => shutDownWith(processor, exporter),
    };
  } catch (error) {
    const faults = error instanceof ExporterError ? error.faults : [];
    for (const { path, expected, got } of faults) {
      notice('error', `${describeFault({ variable: path, expected, got })}; the app's own exporter stays`);
    }
    if (faults.length === 0)
      notice('error', "SPANSEAL_EXPORTER: the app's own exporter stays: none can be made");
    return undefined;
  }
}

/**
 * Those of the SDK hand on to a delegate with a transport, whatever a bundler calls them. The console's does not, and one that wraps
 * another exporter hands on to that: it may leave spans out, and stays.
 */
function isOtlpExporter(exporter: object): boolean {
  return ownSlots(exporter).some(
    ({ value }) =>
      hasMethods(value, 'export', 'shutdown') &&
      ownSlots(value).some((inner) => hasMethods(inner.value, 'send', 'shutdown')),
  );
}
