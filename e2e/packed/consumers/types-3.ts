import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { SigningSpanExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
const exporter = new SigningSpanExporter(new OTLPTraceExporter(), { keyRing });
export const provider = new TracerProvider({
  spanProcessors: [
    new MaskingSpanProcessor(new BatchSpanProcessor({ exporter })),
    new MaskingSpanProcessor(),
  ],
});

// @ts-expect-error a secret is no key ring
export const wrong = new SigningSpanExporter(new OTLPTraceExporter(), { keyRing: 'base64:…' });
