import { readFile } from 'node:fs/promises';
import {
  createAnyIdKeyRing,
  createKeyRing,
  createStreamKeyFetcher,
  type KeyRing,
  type StreamKeyFetcher,
} from '@spanseal/seal';
import { type KeyFile, parseKeyFile } from '@spanseal/seal/file';
import { errorCode } from './capture.js';
import { CliError } from './cli-error.js';
import type { CliIo } from './cli-io.js';
import type { CommandLine } from './command-line.js';
import { withSources } from './described-source.js';
import { placed } from './placed-error.js';

/** A secret, and the id that belongs to it where one is known. */
interface NamedSecret {
  readonly secret: string;
  readonly id: string | undefined;
}

/** What a key file holds: a ring with its realm and ids, or one secret. */
type UsableKeyFile = Exclude<KeyFile, { readonly got: string }>;

/** The options of {@link readKeyRing} and {@link openStreamKeys}, for the command line. */
export const keyOptions = { key: {}, 'key-file': {}, 'key-id': {}, realm: {}, 'max-streams': {} } as const;

/** As many as a ring remembers. */
const mostStreams = 10_000;

/**
 * What fetches the keys of streams, where keys of the ring are remote.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_OPTION`
 */
export function openStreamKeys(keyRing: KeyRing, line: CommandLine): StreamKeyFetcher {
  const given = line.value('max-streams') ?? '1000';
  const maxStreams = Number(given);
  if (/^\d{1,5}$/.test(given) && maxStreams <= mostStreams) {
    return createStreamKeyFetcher(keyRing, { maxStreams });
  }
  const expected = `a number of streams, at most ${mostStreams}`;
  throw new CliError('ERR_SPANSEAL_CLI_OPTION', { option: '--max-streams', expected, got: 'another text' });
}

/**
 * The ring that `--key`, `--key-file` or the environment names, in this order: what is typed comes before what is set. A
 * bare secret without an id stands for every id.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_KEY`; SealError `ERR_SPANSEAL_KEY_RING`, `ERR_SPANSEAL_STREAM_KEY_OPTIONS`.
 */
export async function readKeyRing(line: CommandLine, io: CliIo): Promise<KeyRing> {
  const [key, file] = [line.value('key'), line.value('key-file')];
  if (key !== undefined && file !== undefined) throw keyError('--key, --key-file', 'one of them', 'both');
  const { SPANSEAL_SIGNING_KEY, SPANSEAL_SIGNING_KEY_FILE, SPANSEAL_KEY_ID, SPANSEAL_REALM } = io.env;
  const realm = line.value('realm');
  const typed = { secret: '--key', id: '--key-id', realm: '--realm' };
  if (key !== undefined) return named(typed, () => ringOf({ secret: key, id: line.value('key-id') }, realm));
  if (file !== undefined) {
    const given = { id: line.value('key-id'), realm };
    const read = await readKeyFile(file, io);
    return named(fileGivers('--key-file', given), () => ringOfFile(read, given));
  }
  const set = { id: line.value('key-id') ?? SPANSEAL_KEY_ID, realm: realm ?? SPANSEAL_REALM };
  const fromEnv = { secret: 'SPANSEAL_SIGNING_KEY', id: 'SPANSEAL_KEY_ID', realm: 'SPANSEAL_REALM' };
  if (SPANSEAL_SIGNING_KEY)
    return named(fromEnv, () => ringOf({ secret: SPANSEAL_SIGNING_KEY, id: set.id }, set.realm));
  if (SPANSEAL_SIGNING_KEY_FILE) {
    const read = await readKeyFile(SPANSEAL_SIGNING_KEY_FILE, io);
    return named(fileGivers('SPANSEAL_SIGNING_KEY_FILE', set), () => ringOfFile(read, set));
  }
  throw keyError(
    '--key',
    'a key: --key, --key-file, SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE',
    'none',
  );
}

/** What gave the parts of a ring, as it is typed or set. */
interface Givers {
  readonly secret: string;
  readonly id: string;
  readonly realm: string;
}

/** Of a key file, beside which an id and a realm may be given. */
function fileGivers(file: string, given: { id: string | undefined; realm: string | undefined }): Givers {
  return {
    secret: file,
    id: given.id === undefined ? `${file}: primary.id` : '--key-id',
    realm: given.realm === undefined ? `${file}: realm` : '--realm',
  };
}

/** Faults of a ring name what was typed, and not a member that the ring has. */
function named(givers: Givers, make: () => KeyRing): KeyRing {
  const places: ReadonlyMap<string, string> = new Map([
    ['primary.secret', givers.secret],
    ['secret', givers.secret],
    ['primary.id', givers.id],
    ['realm', givers.realm],
  ]);
  try {
    return make();
  } catch (error) {
    throw error instanceof CliError
      ? error
      : placed(error, (path) => places.get(path) ?? `${givers.secret}: ${path}`);
  }
}

/** The file that {@link readKeyRing} reads, if it reads one. */
export function keyFileOf(line: CommandLine, io: CliIo): string | undefined {
  if (line.value('key') !== undefined) return undefined;
  const { SPANSEAL_SIGNING_KEY, SPANSEAL_SIGNING_KEY_FILE } = io.env;
  return line.value('key-file') ?? (SPANSEAL_SIGNING_KEY ? undefined : SPANSEAL_SIGNING_KEY_FILE);
}

function ringOf({ secret, id }: NamedSecret, realm: string | undefined): KeyRing {
  const inRealm = realm === undefined ? {} : { realm };
  if (id === undefined) return createAnyIdKeyRing({ ...inRealm, secret });
  return createKeyRing({ ...inRealm, primary: { id, secret } });
}

/** A file that says something itself is not contradicted in silence. */
function ringOfFile(
  file: UsableKeyFile,
  given: { id: string | undefined; realm: string | undefined },
): KeyRing {
  if ('secret' in file) {
    if (file.id !== undefined && given.id !== undefined && file.id !== given.id) {
      throw keyError('--key-id', 'the id in the key file', 'another one');
    }
    refuseOtherRealm(file.realm, given.realm);
    return ringOf({ secret: file.secret, id: file.id ?? given.id }, given.realm ?? file.realm);
  }
  const { ring } = file;
  if (given.id !== undefined) throw keyError('--key-id', 'no id beside a key ring, which has its own', 'one');
  if (given.realm === undefined) return createKeyRing(ring);
  refuseOtherRealm(ring.realm, given.realm);
  return createKeyRing({ ...ring, realm: given.realm });
}

function refuseOtherRealm(inFile: string | undefined, given: string | undefined): void {
  if (inFile !== undefined && given !== undefined && inFile !== given) {
    throw keyError('--realm', 'the realm in the key file', 'another one');
  }
}

/** A key file: the options of a key ring as JSON, the lines that `spanseal keygen` prints, or the bare secret. */
async function readKeyFile(path: string, { env }: CliIo): Promise<UsableKeyFile> {
  const file = parseKeyFile(await readText(path));
  if ('got' in file) throw keyError('--key-file', file.expected, file.got);
  return 'ring' in file ? { ring: await withSources(file.ring, env) } : file;
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
