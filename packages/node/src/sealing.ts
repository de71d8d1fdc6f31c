import { EndedSpans, SigningSpanExporter, type SpanExporter } from '@spanseal/otlp-exporter';
import type { KeyRing } from '@spanseal/seal';
import { NamedExporter } from './named-exporter.js';
import type { SealedExporter, Sealing } from './protection.js';
import { readSealingConfig, type SealingConfig } from './sealing-config.js';
import type { Environment } from './settings.js';
import { shutDownWith } from './shutdown-with.js';
import { signedOtlp } from './signed-otlp.js';

/**
 * Seals with the primary key of a ring: one stream for each exporter.
 *
 * @param exporter `otlp`: OTLP exporters of the SDK give way to a SignedOtlpExporter, also without a key.
 */
export function sealingWith(
  keyRing: KeyRing | undefined,
  exporter: SealingConfig['exporter'] = 'keep',
): Sealing {
  const known = new WeakMap<SpanExporter, SealedExporter>();
  return {
    exporter(inner) {
      const other = exporter === 'otlp' ? signedOtlp : () => undefined;
      const sealed = known.get(inner) ?? other(inner, keyRing) ?? (keyRing && sealedBy(inner, keyRing));
      if (sealed !== undefined) known.set(inner, sealed);
      return sealed;
    },
  };
}

/** Seals as the environment says; undefined when it names nothing that can be used. */
export function openSealing(
  env: Environment,
): { sealing: Sealing | undefined } & Pick<SealingConfig, 'faults'> {
  const { keyRing, exporter, faults } = readSealingConfig(env);
  const isNeeded = keyRing !== undefined || exporter === 'otlp';
  return { sealing: isNeeded ? sealingWith(keyRing, exporter) : undefined, faults };
}

function sealedBy(inner: SpanExporter, keyRing: KeyRing): SealedExporter {
  const ended = new EndedSpans();
  const named = new NamedExporter(inner);
  const exporter = new SigningSpanExporter(named, { keyRing, endedSpans: ended });
  return {
    exporter,
    ended,
    seals: true,
    note: (span) => named.note(span),
    endWith: (processor) => shutDownWith(processor, exporter),
  };
}
