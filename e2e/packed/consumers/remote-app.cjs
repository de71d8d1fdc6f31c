// An app whose key is in AWS KMS or in Vault: `remote-app.cjs SETTINGS`. Writes what it exports, each request behind its length.
const { appendFileSync } = require('node:fs');
const { SigningSpanExporter } = require('@spanseal/otlp-exporter');
const { createKeyRing } = require('@spanseal/seal');
const { awsKmsSource } = require('@spanseal/seal/aws-kms');
const { vaultSource } = require('@spanseal/seal/vault');
const { createSdk } = require('./sdk.cjs');

async function main({ env, realm, id, kms, vault, file }) {
  Object.assign(process.env, env);
  const { createProvider, batch, protobuf } = createSdk();
  const inner = {
    export(spans, done) {
      const request = Buffer.from(protobuf(spans));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(request.length);
      appendFileSync(file, Buffer.concat([length, request]));
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const source = kms ? awsKmsSource(kms) : vaultSource(vault);
  const signing = new SigningSpanExporter(inner, {
    keyRing: createKeyRing({ realm, primary: { id, source } }),
  });
  const provider = createProvider([batch(signing, { maxExportBatchSize: 4 })]);
  const spans = Array.from({ length: 10 }, (_, index) =>
    provider.getTracer('e2e').startSpan(`span ${index}`),
  );
  for (const span of spans) span.end();
  await provider.forceFlush();
  await provider.shutdown();
  console.log(JSON.stringify({ counters: signing.counters(), spanId: spans[3].spanContext().spanId }));
}

main(JSON.parse(process.argv[2]));
