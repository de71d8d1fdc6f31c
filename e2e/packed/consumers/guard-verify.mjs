// The verdicts on what each process let out: one report for each group of files, as JSON.
import { readFileSync } from 'node:fs';
import { createKeyRing, createVerifier } from '@spanseal/seal';

const { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: id } = process.env;
const keyRing = createKeyRing({ primary: { id, secret } });
const reports = process.argv.slice(2).map((file) => {
  const verifier = createVerifier({ keyRing });
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) verifier.add(JSON.parse(line));
  return verifier.finish();
});
console.log(JSON.stringify(reports));
