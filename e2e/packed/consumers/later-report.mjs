// What a verifier says of captured requests an hour from now, when no stream goes on: `later-report.mjs KEYS` with framed requests on stdin.
import { buffer } from 'node:stream/consumers';
import { createKeyRing, createVerifier } from '@spanseal/seal';

const framed = await buffer(process.stdin);
const verifier = createVerifier({
  keyRing: createKeyRing(JSON.parse(process.argv[2])),
  nowMillis: Date.now() + 3_600_000,
});
for (let at = 0; at < framed.length; ) {
  const end = at + 4 + framed.readUInt32BE(at);
  verifier.add(framed.subarray(at + 4, end));
  at = end;
}
console.log(JSON.stringify(verifier.finish()));
