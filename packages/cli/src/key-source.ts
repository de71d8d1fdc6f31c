import { readFile } from 'node:fs/promises';
import { createKeyRing, type KeyRing, type KeyRingOptions } from '@spanseal/seal';
import { errorCode } from './capture.js';
import { CliError } from './cli-error.js';
import type { CliIo } from './cli-io.js';
import type { CommandLine } from './command-line.js';

/** Where the keys of a command come from: either a ring with its ids, or a bare secret that fits any id. */
export type KeySource = { readonly ring: KeyRingOptions } | { readonly secret: string; readonly id?: string };

/** The options of {@link readKeySource}, for the command line. */
export const keyOptions = { key: {}, 'key-file': {}, 'key-id': {}, realm: {} } as const;

/**
 * The keys that `--key`, `--key-file` or the environment name, in this order.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_KEY`.
 */
export async function readKeySource(line: CommandLine, io: CliIo): Promise<KeySource> {
  const [key, file] = [line.value('key'), line.value('key-file')];
  if (key !== undefined && file !== undefined) throw keyError('--key, --key-file', 'one of them', 'both');
  const id =
    line.value('key-id') ?? (key === undefined && file === undefined ? io.env['SPANSEAL_KEY_ID'] : undefined);
  const withId = (secret: string): KeySource => (id === undefined ? { secret } : { secret, id });
  if (key !== undefined) return withId(key);
  if (file !== undefined) return readKeyFile(file, withId);
  const { SPANSEAL_SIGNING_KEY: fromEnv, SPANSEAL_SIGNING_KEY_FILE: fileFromEnv } = io.env;
  if (fromEnv) return withId(fromEnv);
  if (fileFromEnv) return readKeyFile(fileFromEnv, withId);
  throw keyError(
    '--key',
    'a key: --key, --key-file, SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE',
    'none',
  );
}

/**
 * The ring of a source. A bare secret stands for every id that occurs in the seals: who verifies with one secret has
 * nothing to tell them apart by.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_RING`.
 */
export function ringOf(
  source: KeySource,
  use: { realm: string | undefined; keyIds: readonly string[] },
): KeyRing {
  const realm = use.realm === undefined ? {} : { realm: use.realm };
  if ('ring' in source) return createKeyRing({ ...source.ring, ...realm });
  const [first = 'key', ...others] = source.id === undefined ? use.keyIds : [source.id];
  const key = (id: string) => ({ id, secret: source.secret });
  return createKeyRing({ ...realm, primary: key(first), verifyOnly: others.map(key) });
}

/** A key file: the options of a key ring as JSON, the lines that `spanseal keygen` prints, or the bare secret. */
async function readKeyFile(path: string, withId: (secret: string) => KeySource): Promise<KeySource> {
  const text = (await readText(path)).trim();
  if (text.startsWith('{')) return { ring: parseRing(text) };
  const lines = new Map(text.split(/\r?\n/).map(splitLine));
  const secret = lines.get('SPANSEAL_SIGNING_KEY');
  if (secret === undefined) return withId(text);
  const id = lines.get('SPANSEAL_KEY_ID');
  return id === undefined ? withId(secret) : { secret, id };
}

function splitLine(line: string): [string, string] {
  const at = line.indexOf('=');
  return at < 0
    ? [line.trim(), '']
    : [
        line
          .slice(0, at)
          .replace(/^export\s/, '')
          .trim(),
        line.slice(at + 1).trim(),
      ];
}

function parseRing(text: string): KeyRingOptions {
  try {
    // createKeyRing checks every member of what comes from outside.
    return JSON.parse(text) as KeyRingOptions;
  } catch {
    // The parser's own message quotes the text.
    throw keyError('--key-file', 'JSON of a key ring', 'a text that is no JSON');
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw keyError('--key-file', 'a file that can be read', errorCode(error));
  }
}

function keyError(option: string, expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_KEY', { option, expected, got });
}
