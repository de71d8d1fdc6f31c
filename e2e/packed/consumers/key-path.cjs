// Seals through a remote key and verifies with it, as an app and its verifier do; or says how it fails.
const { createSdk } = require('./sdk.cjs');

const random = new Uint8Array(12);

exports.runKeySources = async (modules, { kms, vault }) => ({
  node: process.versions.node,
  kms: await throughSource(modules, () => kmsSource(modules, kms)),
  kmsByOptions: await throughSource(modules, () => modules.awsKms.awsKmsSource(kms.byOptions)),
  vault: await throughSource(modules, () => modules.vault.vaultSource(vault)),
  outage: {
    block: await throughOutage(modules, vault, 'block'),
    drop: await throughOutage(modules, vault, 'drop'),
    sendUnsigned: await throughOutage(modules, vault, 'send-unsigned'),
  },
  failures: {
    kmsWithoutKey: await failureOf(modules, kmsSource(modules, { ...kms, keyId: kms.missingKeyId })),
    kmsDisabled: await failureOf(modules, kmsSource(modules, { ...kms, keyId: kms.disabledKeyId })),
    kmsWrongUse: await failureOf(modules, kmsSource(modules, { ...kms, keyId: kms.encryptKeyId })),
    vaultDenied: await failureOf(
      modules,
      modules.vault.vaultSource({ ...vault, token: 'hvs.no-such-token' }),
    ),
    vaultWithoutKey: await failureOf(modules, modules.vault.vaultSource({ ...vault, key: 'none' })),
    vaultWithoutVersion: await failureOf(modules, modules.vault.vaultSource({ ...vault, keyVersion: 7 })),
    vaultWithoutMount: await failureOf(modules, modules.vault.vaultSource({ ...vault, mount: 'none' })),
  },
});

function kmsSource({ awsKms, sdk }, { keyId, endpoint }) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new sdk.KMSClient({ region: 'us-east-1', endpoint, credentials });
  return awsKms.awsKmsSource({ keyId, client });
}

/** Nothing listens where the server of the key should be. */
async function throughOutage(modules, vault, onKeyUnavailable) {
  const source = () => modules.vault.vaultSource({ ...vault, address: 'http://127.0.0.1:1', maxAttempts: 1 });
  const { counters, result } = await throughSource(modules, source, {
    onKeyUnavailable,
    maxBlockMillis: 300,
  });
  return { ...counters, result };
}

async function throughSource({ seal, exporter }, createSource, options = {}) {
  const ring = () => seal.createKeyRing({ realm: 'e2e', primary: { id: 'remote', source: createSource() } });
  const requests = [];
  const { createProvider, batch, protobuf } = createSdk();
  const inner = {
    export(spans, done) {
      requests.push(protobuf(spans));
      done({ code: 0 });
    },
    shutdown: async () => {},
  };
  const signing = new exporter.SigningSpanExporter(inner, { keyRing: ring(), ...options });
  const provider = createProvider([batch(signing)]);
  for (let index = 0; index < 10; index++) provider.getTracer('e2e').startSpan(`span ${index}`).end();
  // The SDK rejects with the errors of exports that failed.
  await provider.forceFlush().catch(() => undefined);
  await provider.shutdown();
  const keyRing = ring();
  const outcome = await seal.fetchStreamKeys(keyRing, requests);
  const verifier = seal.createVerifier({ keyRing });
  for (const request of requests) verifier.add(request);
  const { result, spans } = verifier.finish();
  return { counters: signing.counters(), outcome, result, spans };
}

async function failureOf({ seal }, source) {
  const keyRing = seal.createKeyRing({ primary: { id: 'remote', source } });
  try {
    await seal.openSpanSealer({ keyRing, startMillis: Date.now(), random });
    return undefined;
  } catch (error) {
    return `${error.code} ${error.faults[0].got}`;
  }
}
