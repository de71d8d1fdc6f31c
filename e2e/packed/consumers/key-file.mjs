// A program that ends by itself though it follows a key file, and one for which no AWS SDK is installed.
import { createKeyRing, createVerifier, openSpanSealer } from '@spanseal/seal';
import { awsKmsSource } from '@spanseal/seal/aws-kms';
import { keyRingFromFile } from '@spanseal/seal/file';

const keyRing = keyRingFromFile(process.argv[2]);
createVerifier({ keyRing });
const remote = createKeyRing({ primary: { id: 'kms', source: awsKmsSource({ keyId: '1234' }) } });
const startMillis = Date.now();
const failure = await openSpanSealer({ keyRing: remote, startMillis, random: new Uint8Array(12) }).catch(
  (error) => error,
);
console.log(JSON.stringify({ keyIds: keyRing.keyIds, code: failure.code, message: failure.message }));
