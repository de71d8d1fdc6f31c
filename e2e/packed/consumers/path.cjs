// The whole path on whichever SDK line is installed here.
const { createSdk } = require('./sdk.cjs');

const card = ['4111', '1111', '1111', '1111'].join('');

exports.runConsumer = async ({ exporter, seal, processor }) => {
  const requests = [];
  const { createProvider, batch, protobuf, json } = createSdk();
  const inner = {
    export(spans, done) {
      requests.push({ protobuf: protobuf(spans), json: Buffer.from(json(spans)).toString() });
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const keyRing = seal.createKeyRing({ realm: 'e2e', primary: { id: 'k', secret: seal.generateSecret() } });
  const signing = new exporter.SigningSpanExporter(inner, { keyRing });
  const provider = createProvider([new processor.MaskingSpanProcessor(batch(signing))]);
  const tracer = provider.getTracer('e2e');
  for (let index = 0; index < 10; index++) {
    const span = tracer.startSpan(`pay ${index} with ${card}`);
    span.setAttribute('password', 'hunter2');
    span.setAttribute('http.request.body', JSON.stringify({ card, items: [index] }));
    span.recordException(new Error(`card ${card} refused`));
    span.end();
  }
  await provider.forceFlush();
  await provider.shutdown();
  const verifier = seal.createVerifier({ keyRing });
  for (const { protobuf: bytes } of requests) verifier.add(bytes);
  const text = requests
    .map((request) => Buffer.from(request.protobuf).toString('latin1') + request.json)
    .join('');
  return {
    node: process.versions.node,
    report: verifier.finish(),
    leaks: ['hunter2', card].filter((secret) => text.includes(secret)),
  };
};
