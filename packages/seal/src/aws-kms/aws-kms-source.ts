import { inspect } from 'node:util';
import { isAbsentOr, isPlainText, SourceOptionsReader } from '../source-options.js';
import { type StreamKeySource, streamKeyError } from '../stream-key-source.js';

/** What is used of a `KMSClient` of `@aws-sdk/client-kms`. */
export interface AwsKmsClient {
  send(command: object, options?: { abortSignal?: AbortSignal }): Promise<unknown>;
}

export interface AwsKmsOptions {
  /**
   * Id or ARN of a KMS key with usage GENERATE_VERIFY_MAC and spec HMAC_256. No alias: it can be pointed at another key, and
   * what was sealed before would not verify any more.
   */
  keyId: string;
  /** A `KMSClient` of yours, with its region, credentials and retries. Default: one is made of the peer dependency. */
  client?: AwsKmsClient;
  /** Region of the client that is made. Default: that of an ARN, else what the SDK finds. */
  region?: string;
  /** Endpoint of the client that is made. Default: that of AWS. */
  endpoint?: string;
}

const optionNames: readonly string[] = ['keyId', 'client', 'region', 'endpoint'];

/** Attempts of a client that is made here, first one included. */
const maxAttempts = 3;

/**
 * A stream-key source for a key of AWS KMS: one GenerateMac for each stream. It needs the peer dependency
 * `@aws-sdk/client-kms` and the permission `kms:GenerateMac` on the key, for whoever seals and whoever verifies.
 *
 * @throws SealError `ERR_SPANSEAL_STREAM_KEY_OPTIONS` with every fault at once.
 */
export function awsKmsSource(options: AwsKmsOptions): StreamKeySource {
  const reader = new SourceOptionsReader(options, optionNames);
  reader.check('keyId', 'the id or ARN of a KMS key, and no alias', isKeyReference);
  reader.check('client', 'a KMSClient', isAbsentOr(isClient));
  reader.check('region', 'a region', isAbsentOr(isPlainText));
  reader.check(
    'endpoint',
    'a URL',
    isAbsentOr((value) => isPlainText(value) && URL.canParse(value)),
  );
  reader.done();
  const { keyId, region = regionOf(keyId), endpoint } = options;
  let client = options.client;
  const mac: StreamKeySource['mac'] = async (message, { signal }) => {
    const { KMSClient, GenerateMacCommand } = await loadSdk();
    client ??= new KMSClient({
      maxAttempts,
      ...(region !== undefined && { region }),
      ...(endpoint !== undefined && { endpoint }),
    });
    const command = new GenerateMacCommand({
      KeyId: keyId,
      MacAlgorithm: 'HMAC_SHA_256',
      Message: message,
    });
    // The SDK's errors carry the request and its signed headers.
    const answer: unknown = await client.send(command, { abortSignal: signal }).catch((error: unknown) => {
      throw toStreamKeyError(error);
    });
    return macOf(answer);
  };
  return Object.freeze({ mac, [inspect.custom]: () => 'AwsKmsSource {}' });
}

/** Of an ARN: KMS knows the key in no other region. */
function regionOf(keyId: string): string | undefined {
  return /^arn:[^:]+:kms:([a-z0-9-]+):/.exec(keyId)?.[1];
}

async function loadSdk(): Promise<typeof import('@aws-sdk/client-kms')> {
  try {
    return await import('@aws-sdk/client-kms');
  } catch {
    throw streamKeyError('UNAVAILABLE', {
      path: 'aws-kms',
      expected: 'the package @aws-sdk/client-kms, installed beside @spanseal/seal',
      got: 'an error when loading it',
    });
  }
}

function macOf(answer: unknown): Uint8Array {
  const mac = typeof answer === 'object' && answer !== null && 'Mac' in answer ? answer.Mac : undefined;
  if (mac instanceof Uint8Array && mac.length === 32) return mac;
  throw streamKeyError('ANSWER', {
    path: 'aws-kms',
    expected: 'a Mac of 32 bytes',
    got: 'an answer without one',
  });
}

function isKeyReference(value: unknown): boolean {
  return isPlainText(value) && !/^alias\/|:alias\//.test(value);
}

function isClient(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'send' in value && typeof value.send === 'function';
}

/** Errors of KMS with a status of 400 that pass by themselves. */
const passingErrors = /Throttl|LimitExceeded|TooManyRequests|Unavailable|RequestTimeout/;

function toStreamKeyError(error: unknown): Error {
  const { name, status } = describe(error);
  const what = { path: 'aws-kms', expected: 'a MAC of GenerateMac', got: name };
  if (/^(?:Abort|Timeout)Error$/.test(name)) return streamKeyError('TIMEOUT', what);
  const isRefusal = status >= 400 && status < 500 && !passingErrors.test(name);
  return streamKeyError(isRefusal ? 'REFUSED' : 'UNAVAILABLE', what);
}

/** The name of an error of the SDK and its HTTP status: what is safe to tell. */
function describe(error: unknown): { name: string; status: number } {
  const { name, $metadata } = typeof error === 'object' && error !== null ? (error as KmsError) : {};
  const safeName = typeof name === 'string' && /^[A-Za-z]{1,60}$/.test(name) ? name : 'an error';
  return { name: safeName, status: Number($metadata?.httpStatusCode ?? 0) };
}

/** By its shape and not its class: an app can hold the SDK twice. */
interface KmsError {
  readonly name?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown } | null;
}
