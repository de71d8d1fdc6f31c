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
 * bare secret without an id stands for every id. Variables are read as @spanseal/node reads them: an empty one is unset.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_KEY`; SealError `ERR_SPANSEAL_KEY_RING`, `ERR_SPANSEAL_STREAM_KEY_OPTIONS`.
 */
export async function readKeyRing(line: CommandLine, io: CliIo): Promise<KeyRing> {
  const place = keyPlace(line, io);
  if (place === undefined) {
    const expected = 'a key: --key, --key-file, SPANSEAL_SIGNING_KEY or SPANSEAL_SIGNING_KEY_FILE';
    throw keyError('--key', expected, 'none');
  }
  // Beside a key that was typed, variables belong to another one.
  const env = place.isTyped ? {} : io.env;
  const beside = {
    id: givenPart(line, env, { option: 'key-id', variable: 'SPANSEAL_KEY_ID' }),
    realm: givenPart(line, env, { option: 'realm', variable: 'SPANSEAL_REALM' }),
  };
  if ('secret' in place) {
    const { id, realm } = beside;
    const parts = { secret: place.secret.trim(), id: id.value, realm: realm.value };
    return named({ by: place.by, ...beside }, () => ringOf(parts));
  }
  const file = await readKeyFile(place, io);
  return named({ by: place.by, ...beside }, () => ringOfFile(file, beside));
}

/** Where the key is, and what says so. */
type KeyPlace = { readonly by: string; readonly isTyped: boolean } & (
  | { readonly secret: string }
  | { readonly path: string }
);

/** @throws CliError `ERR_SPANSEAL_CLI_KEY` for two keys that are typed. */
function keyPlace(line: CommandLine, { env }: CliIo): KeyPlace | undefined {
  const [key, file] = [line.value('key'), line.value('key-file')];
  if (key !== undefined && file !== undefined) throw keyError('--key, --key-file', 'one of them', 'both');
  if (key !== undefined) return { by: '--key', isTyped: true, secret: key };
  if (file !== undefined) return { by: '--key-file', isTyped: true, path: file };
  const { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_SIGNING_KEY_FILE: path } = env;
  if (secret?.trim()) return { by: 'SPANSEAL_SIGNING_KEY', isTyped: false, secret };
  return path ? { by: 'SPANSEAL_SIGNING_KEY_FILE', isTyped: false, path } : undefined;
}

/** The file that {@link readKeyRing} reads, if it reads one. */
export function keyFileOf(line: CommandLine, io: CliIo): string | undefined {
  const place = keyPlace(line, io);
  return place !== undefined && 'path' in place ? place.path : undefined;
}

/** What is given beside a secret or a file, and what gives it. */
interface GivenPart {
  readonly value: string | undefined;
  readonly by: string;
}

interface Beside {
  readonly id: GivenPart;
  readonly realm: GivenPart;
}

function givenPart(
  line: CommandLine,
  env: CliIo['env'],
  { option, variable }: { option: string; variable: string },
): GivenPart {
  const typed = line.value(option);
  const set = env[variable] || undefined;
  return typed === undefined && set !== undefined
    ? { value: set, by: variable }
    : { value: typed, by: `--${option}` };
}

/** Faults of a ring name what was typed or set, and not a member that the ring has. */
function named({ by, id, realm }: Beside & { readonly by: string }, make: () => KeyRing): KeyRing {
  const places: ReadonlyMap<string, string> = new Map([
    ['primary.secret', by],
    ['secret', by],
    ['primary.id', id.value === undefined ? `${by}: primary.id` : id.by],
    ['realm', realm.value === undefined ? `${by}: realm` : realm.by],
  ]);
  try {
    return make();
  } catch (error) {
    throw error instanceof CliError ? error : placed(error, (path) => places.get(path) ?? `${by}: ${path}`);
  }
}

/** A secret, and what belongs to it where that is known. */
interface SecretParts {
  readonly secret: string;
  readonly id: string | undefined;
  readonly realm: string | undefined;
}

function ringOf({ secret, id, realm }: SecretParts): KeyRing {
  const inRealm = realm === undefined ? {} : { realm };
  if (id === undefined) return createAnyIdKeyRing({ ...inRealm, secret });
  return createKeyRing({ ...inRealm, primary: { id, secret } });
}

function ringOfFile(file: UsableKeyFile, { id, realm }: Beside): KeyRing {
  if ('secret' in file) {
    const parts = { id: agreed(file.id, id, 'the id'), realm: agreed(file.realm, realm, 'the realm') };
    return ringOf({ secret: file.secret, ...parts });
  }
  const { ring } = file;
  agreed(ring.primary?.id, id, 'the id of the primary key');
  const inRealm = agreed(ring.realm, realm, 'the realm');
  return createKeyRing(inRealm === undefined ? ring : { ...ring, realm: inRealm });
}

/** A file that says something itself is not contradicted in silence. */
function agreed(inFile: string | undefined, given: GivenPart, what: string): string | undefined {
  if (inFile !== undefined && given.value !== undefined && inFile !== given.value) {
    throw keyError(given.by, `${what} in the key file`, 'another one');
  }
  return inFile ?? given.value;
}

interface FilePlace {
  readonly by: string;
  readonly path: string;
}

/** A key file: the options of a key ring as JSON, the lines that `spanseal keygen` prints, or the bare secret. */
async function readKeyFile(place: FilePlace, { env }: CliIo): Promise<UsableKeyFile> {
  const file = parseKeyFile(await readText(place));
  if ('got' in file) throw keyError(place.by, file.expected, file.got);
  return 'ring' in file ? { ring: await withSources(file.ring, env) } : file;
}

async function readText({ by, path }: FilePlace): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw keyError(by, 'a file that can be read', errorCode(error));
  }
}

function keyError(option: string, expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_KEY', { option, expected, got });
}
