// One span with secrets in it: masked, sealed, written to traces.jsonl, and verified by the command.
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { trace } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { SigningSpanExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { MaskingSpanProcessor } from '@spanseal/span-processor';

// Where a real service has the OTLP exporter, this one writes a line of OTLP JSON for each batch.
const fileExporter = {
  export(spans, done) {
    appendFileSync('traces.jsonl', `${Buffer.from(JsonTraceSerializer.serializeRequest(spans))}\n`);
    done({ code: 0 });
  },
  shutdown: async () => {},
};

const secret = generateSecret();
rmSync('traces.jsonl', { force: true });
writeFileSync('signing.env', `SPANSEAL_KEY_ID=k-example\nSPANSEAL_SIGNING_KEY=${secret}\n`, { mode: 0o600 });

const keyRing = createKeyRing({ primary: { id: 'k-example', secret } });
const exporter = new SigningSpanExporter(fileExporter, { keyRing });
const provider = new BasicTracerProvider({
  spanProcessors: [new MaskingSpanProcessor(new BatchSpanProcessor(exporter))],
});
trace.setGlobalTracerProvider(provider);

const span = trace.getTracer('quick-start').startSpan('POST /login');
span.setAttribute('url.full', 'https://shop.example/login?user=alice&password=hunter2');
span.setAttribute('http.request.body', '{"card": "4111 1111 1111 1111", "note": "thanks"}');
span.recordException(new Error('mail to alice@example.com failed'));
span.end();
await provider.shutdown();

const spanseal = createRequire(import.meta.url).resolve('@spanseal/cli/bin');
const { status } = spawnSync(
  process.execPath,
  [spanseal, 'verify', 'traces.jsonl', '--key-file', 'signing.env'],
  {
    stdio: 'inherit',
  },
);
process.exit(status);
