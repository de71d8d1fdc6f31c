// Masking before the batch, sealing in the exporter.
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { createKeyRing } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';

const { SPANSEAL_KEY_ID: id = '', SPANSEAL_SIGNING_KEY: secret = '' } = process.env;

/** Without a url, the exporter reads the OTEL_EXPORTER_OTLP_* variables. */
export function startTracing(url) {
  const keyRing = createKeyRing({ primary: { id, secret } });
  const exporter = new SignedOtlpExporter({ protocol: 'http/json', url, keyRing });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [new MaskingSpanProcessor(new BatchSpanProcessor(exporter))],
  });
  provider.register();
  return provider;
}
