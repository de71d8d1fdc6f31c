import { randomBytes } from 'node:crypto';
import { createKeyRing, generateSecret } from '@spanseal/seal';
import { argumentError, countOfArguments } from '../argument-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { placed } from '../placed-error.js';

export const keygen: Command = {
  usage: `spanseal keygen [--id ID]

Prints a new random signing key of 32 bytes, as lines for an environment file.

  --id ID   the key's id, 1 to 32 letters, digits, - and _ (default: a random one).
            It stands in every seal: do not put anything secret in it.
`,
  run: async (args, io) => generate(args, io),
};

function generate(args: readonly string[], io: CliIo): number {
  const line = readCommandLine(args, { values: { id: {} } });
  if (line.operands.length > 0) {
    const got = countOfArguments(line.operands);
    throw argumentError('keygen', 'no arguments', got);
  }
  const id = line.value('id') ?? randomKeyId();
  const secret = generateSecret();
  // An id that a ring refuses must not get out.
  try {
    createKeyRing({ primary: { id, secret } });
  } catch (error) {
    throw placed(error, () => '--id');
  }
  io.stdout.write(`SPANSEAL_KEY_ID=${id}\nSPANSEAL_SIGNING_KEY=${secret}\n`);
  return 0;
}

/** Letters only: in seals, digits in a row look like what redaction rules are after. */
function randomKeyId(): string {
  const letters = 'bcdfghjklmnpqrstvwxz';
  return `k-${Array.from(randomBytes(6), (byte) => letters[byte % letters.length]).join('')}`;
}
