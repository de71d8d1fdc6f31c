import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { SealError } from '../seal-error.js';
import { isAbsentOr, isPlainText, SourceOptionsReader } from '../source-options.js';
import { type StreamKeySource, streamKeyError } from '../stream-key-source.js';
import { macOfAnswer, readAnswer, refusedStatus } from './vault-answer.js';

/** A token, or what gives the token of now: for tokens that are renewed or stand in a file. */
export type VaultToken = string | (() => string | Promise<string>);

export interface VaultOptions {
  /** Address of the server: `https://…`; `http://…` only for a loopback address. */
  address: string;
  token: VaultToken;
  /** Name of a key of the transit engine: type `hmac` of 32 bytes, or any other type, whose HMAC key is then used. */
  key: string;
  /** The version of the key that the id on the ring stands for. A rotated key is a new version: give it a new id. */
  keyVersion: number;
  /** Where the transit engine is mounted. Default: `transit`. */
  mount?: string;
  /** Namespace (header `X-Vault-Namespace`). Default: none. */
  namespace?: string;
  /** Calls for one MAC at most, the first one included. Default: 3. */
  maxAttempts?: number;
  /** For a client certificate or a CA of your own, through an agent of yours. Default: the global `fetch`. */
  fetch?: typeof fetch;
}

const optionNames: readonly string[] = [
  'address',
  'token',
  'key',
  'keyVersion',
  'mount',
  'namespace',
  'maxAttempts',
  'fetch',
];

/** Before the second call, in milliseconds; each further wait is twice as long. */
const firstDelayMillis = 200;

/**
 * A stream-key source for a key of the transit engine of Vault or OpenBao: one `transit/hmac` for each stream. The token
 * needs `update` on `transit/hmac/KEY/sha2-256`, for whoever seals and whoever verifies.
 *
 * @throws SealError `ERR_SPANSEAL_STREAM_KEY_OPTIONS` with every fault at once.
 */
export function vaultSource(options: VaultOptions): StreamKeySource {
  const call = checked(options);
  const mac: StreamKeySource['mac'] = async (message, { signal }) => {
    const body = JSON.stringify({
      input: Buffer.from(message).toString('base64'),
      key_version: call.keyVersion,
    });
    for (let attempt = 1; ; attempt++) {
      try {
        return await callOnce(call, body, signal);
      } catch (error) {
        const reported = error instanceof SealError ? error : unreachable(error);
        const isPassing = reported.code === 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE';
        if (!isPassing || attempt >= call.maxAttempts) throw reported;
        // Half of it by chance: a fleet that was restarted must not come back in step.
        const millis = firstDelayMillis * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
        await delay(millis, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  return Object.freeze({ mac, [inspect.custom]: () => 'VaultSource {}' });
}

interface VaultCall {
  readonly url: string;
  readonly token: VaultToken;
  readonly namespace: string | undefined;
  readonly keyVersion: number;
  readonly maxAttempts: number;
  readonly fetch: typeof fetch;
}

function checked(options: VaultOptions): VaultCall {
  const reader = new SourceOptionsReader(options, optionNames);
  reader.check('address', 'https://… of a server, or http://… of a loopback address', isAddress);
  reader.check(
    'token',
    'a token, or a function that gives one',
    (value) => isToken(value) || typeof value === 'function',
  );
  reader.check('key', 'the name of a transit key', (value) => isPlainText(value) && /^[\w.-]+$/.test(value));
  reader.check('keyVersion', 'a whole number, 1 or more', isCount);
  reader.check(
    'mount',
    'a mount path',
    isAbsentOr((value) => isPlainText(value) && /^[\w./-]+$/.test(value)),
  );
  reader.check('namespace', 'a namespace', isAbsentOr(isPlainText));
  reader.check(
    'maxAttempts',
    'a whole number, 1 to 10',
    isAbsentOr((value) => isCount(value) && Number(value) <= 10),
  );
  reader.check(
    'fetch',
    'a function',
    isAbsentOr((value) => typeof value === 'function'),
  );
  reader.done();
  const { address, token, key, keyVersion, mount = 'transit', namespace, maxAttempts = 3 } = options;
  const path = mount.split('/').filter(Boolean).concat('hmac', key, 'sha2-256').join('/');
  return {
    url: `${address.replace(/\/+$/, '')}/v1/${path}`,
    token,
    namespace,
    keyVersion,
    maxAttempts,
    fetch: options.fetch ?? fetch,
  };
}

async function callOnce(call: VaultCall, body: string, signal: AbortSignal): Promise<Uint8Array> {
  const response = await call.fetch(call.url, {
    method: 'POST',
    headers: {
      'X-Vault-Token': await currentToken(call.token),
      'X-Vault-Request': 'true',
      'Content-Type': 'application/json',
      ...(call.namespace !== undefined && { 'X-Vault-Namespace': call.namespace }),
    },
    body,
    signal,
    // Vault redirects a standby's callers to the active node, which may be any host that the answer names.
    redirect: 'error',
  });
  const text = await readAnswer(response);
  if (response.ok) return macOfAnswer(text, call.keyVersion);
  const what = { path: 'vault', expected: 'a MAC of transit/hmac', got: `HTTP ${response.status}` };
  throw streamKeyError(refusedStatus(response.status) ? 'REFUSED' : 'UNAVAILABLE', what);
}

async function currentToken(token: VaultToken): Promise<string> {
  let given: unknown;
  try {
    given = typeof token === 'string' ? token : await token();
  } catch {
    throw streamKeyError('UNAVAILABLE', { path: 'vault', expected: 'a token', got: 'an error of token()' });
  }
  if (isToken(given)) return given;
  throw streamKeyError('REFUSED', { path: 'vault', expected: 'a token', got: 'none that can be sent' });
}

/** What fetch throws can hold the address with its user, or a header: only its name and the code of its cause are told. */
function unreachable(error: unknown): SealError {
  if (/^(?:Abort|Timeout)Error$/.test(memberOf(error, 'name'))) {
    return streamKeyError('TIMEOUT', { path: 'vault', expected: 'an answer in time', got: 'none' });
  }
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : undefined;
  const code = memberOf(cause, 'code') || memberOf(error, 'code');
  const got = /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'an error of fetch';
  return streamKeyError('UNAVAILABLE', { path: 'vault', expected: 'a server that answers', got });
}

/** By its shape and not its class: errors come from other realms of the runtime, too. */
function memberOf(value: unknown, name: 'name' | 'code'): string {
  const member = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  return typeof member === 'string' ? member : '';
}

function isAddress(value: unknown): boolean {
  if (!isPlainText(value) || !URL.canParse(value)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(value);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

function isToken(value: unknown): value is string {
  return isPlainText(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
