import { KMSClient } from '@aws-sdk/client-kms';
import { SigningSpanExporter, type SpanExporter } from '@spanseal/otlp-exporter';
import { createKeyRing, type FetchOutcome, fetchStreamKeys, type StreamKeySource } from '@spanseal/seal';
import { awsKmsSource } from '@spanseal/seal/aws-kms';
import { type FileKeyRing, keyRingFromFile } from '@spanseal/seal/file';
import { vaultSource } from '@spanseal/seal/vault';

const client = new KMSClient({ region: 'eu-central-1' });
const hsm: StreamKeySource = { mac: async (message, { signal }) => (signal.aborted ? message : message) };
const token = async (): Promise<string> => 'token';

export const keyRing = createKeyRing({
  primary: { id: 'kms', source: awsKmsSource({ keyId: '1234', client }) },
  verifyOnly: [
    { id: 'vault', source: vaultSource({ address: 'https://vault.test', token, key: 'k', keyVersion: 1 }) },
    { id: 'hsm', source: hsm, algorithm: 'hs512' },
  ],
  revoked: [{ id: 'old', secret: 'base64:…', from: '2026-01-01T00:00:00Z' }],
});

export const file: FileKeyRing = keyRingFromFile('/run/secrets/keys.json', { pollMillis: 1000 });
export const outcome: Promise<FetchOutcome> = fetchStreamKeys(file, [new Uint8Array(), '{}']);

export function sealing(inner: SpanExporter): SpanExporter {
  return new SigningSpanExporter(inner, { keyRing, onKeyUnavailable: 'drop', maxBlockMillis: 1000 });
}

// @ts-expect-error a key has a secret or a source
export const wrong = createKeyRing({ primary: { id: 'k' } });
