import { readFile } from 'node:fs/promises';
import { type KeyRingOptions, SealError, type SealFault, type StreamKeySource } from '@spanseal/seal';

type Members = Readonly<Record<string, unknown>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** What a description may say beside its `type`. No token: a key file is passed on, and copied. */
const members: Readonly<Record<string, readonly string[]>> = {
  'aws-kms': ['keyId', 'region', 'endpoint'],
  vault: ['address', 'key', 'keyVersion', 'mount', 'namespace', 'maxAttempts', 'tokenFile', 'tokenEnv'],
};

const defaultTokenVariable = 'VAULT_TOKEN';

/**
 * The options of a key ring out of a file, with the sources that its keys describe in the place of their descriptions. What is
 * wrong with the rest, `createKeyRing()` says.
 *
 * @throws SealError `ERR_SPANSEAL_STREAM_KEY_OPTIONS` with every fault at once.
 */
export async function withSources(ring: KeyRingOptions, env: Environment): Promise<KeyRingOptions> {
  const faults: SealFault[] = [];
  const described = async (key: unknown, path: string): Promise<unknown> => {
    if (!isObject(key) || !isObject(key['source'])) return key;
    try {
      return { ...key, source: await sourceOf(key['source'], env) };
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      for (const fault of error.faults) faults.push({ ...fault, path: `${path}.source.${fault.path}` });
      return key;
    }
  };
  const all = async (keys: unknown, path: string): Promise<unknown> =>
    Array.isArray(keys)
      ? await Promise.all(keys.map((key, index) => described(key, `${path}[${index}]`)))
      : keys;
  const { primary, verifyOnly, revoked } = ring;
  const replaced = {
    primary: await described(primary, 'primary'),
    ...(verifyOnly !== undefined && { verifyOnly: await all(verifyOnly, 'verifyOnly') }),
    ...(revoked !== undefined && { revoked: await all(revoked, 'revoked') }),
  };
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_STREAM_KEY_OPTIONS', faults);
  return { ...ring, ...replaced } as KeyRingOptions;
}

async function sourceOf({ type, ...given }: Members, env: Environment): Promise<StreamKeySource> {
  const known = typeof type === 'string' && Object.hasOwn(members, type) ? members[type] : undefined;
  if (known === undefined) {
    throw optionError({ path: 'type', expected: Object.keys(members).join(' or '), got: 'something else' });
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    // A name that is none of ours can be a secret in the wrong place.
    const path = unknown === 'token' ? unknown : '(a member)';
    throw optionError({ path, expected: `only ${known.join(', ')}`, got: 'an unknown member' });
  }
  return type === 'vault' ? vaultSourceOf(given, env) : awsKmsSourceOf(given);
}

async function awsKmsSourceOf(given: Members): Promise<StreamKeySource> {
  const { awsKmsSource } = await import('@spanseal/seal/aws-kms');
  // Every member is checked where the source is made.
  return awsKmsSource(given as unknown as AwsKms);
}

async function vaultSourceOf(given: Members, env: Environment): Promise<StreamKeySource> {
  const { vaultSource } = await import('@spanseal/seal/vault');
  const { tokenFile, tokenEnv, ...options } = given;
  return vaultSource({ ...options, token: tokenOf({ tokenFile, tokenEnv }, env) } as unknown as Vault);
}

type AwsKms = Parameters<typeof import('@spanseal/seal/aws-kms').awsKmsSource>[0];
type Vault = Parameters<typeof import('@spanseal/seal/vault').vaultSource>[0];

function tokenOf({ tokenFile, tokenEnv }: Members, env: Environment): string | (() => Promise<string>) {
  if (tokenFile !== undefined && tokenEnv !== undefined) {
    throw optionError({ path: 'tokenFile', expected: 'tokenFile or tokenEnv', got: 'both' });
  }
  if (tokenFile !== undefined) {
    if (typeof tokenFile === 'string' && tokenFile !== '') {
      return async () => (await readFile(tokenFile, 'utf8')).trim();
    }
    throw optionError({ path: 'tokenFile', expected: 'the path of a file', got: 'something else' });
  }
  const variable = tokenEnv ?? defaultTokenVariable;
  // Not any name: what stands here by mistake can be the token itself.
  if (typeof variable !== 'string' || !/^[A-Z][A-Z0-9_]{0,63}$/.test(variable)) {
    throw optionError({
      path: 'tokenEnv',
      expected: 'the name of a variable, in capitals',
      got: 'something else',
    });
  }
  const token = env[variable]?.trim();
  if (token) return token;
  throw optionError({ path: 'tokenEnv', expected: `a token in ${variable}, or a tokenFile`, got: 'none' });
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionError(fault: SealFault): SealError {
  return new SealError('ERR_SPANSEAL_STREAM_KEY_OPTIONS', [fault]);
}
