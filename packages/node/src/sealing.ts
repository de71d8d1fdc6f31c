import { EndedSpans, SigningSpanExporter, type SpanExporter } from '@spanseal/otlp-exporter';
import type { KeyRing } from '@spanseal/seal';
import { NamedExporter } from './named-exporter.js';
import type { SealedExporter, Sealing } from './protection.js';
import { readSealingConfig, type SealingConfig } from './sealing-config.js';
import type { Environment } from './settings.js';

/** Seals with the primary key of a ring: one stream for each exporter. */
export function sealingWith(keyRing: KeyRing): Sealing {
  const known = new WeakMap<SpanExporter, SealedExporter>();
  return {
    exporter(inner) {
      const sealed = known.get(inner) ?? sealedBy(inner, keyRing);
      known.set(inner, sealed);
      return sealed;
    },
  };
}

/** Seals as the environment says; undefined when it names nothing that can be used. */
export function openSealing(
  env: Environment,
): { sealing: Sealing | undefined } & Pick<SealingConfig, 'faults'> {
  const { keyRing, faults } = readSealingConfig(env);
  return { sealing: keyRing && sealingWith(keyRing), faults };
}

function sealedBy(inner: SpanExporter, keyRing: KeyRing): SealedExporter {
  const ended = new EndedSpans();
  const named = new NamedExporter(inner);
  const exporter = new SigningSpanExporter(named, { keyRing, endedSpans: ended });
  return { exporter, ended, note: (span) => named.note(span) };
}
