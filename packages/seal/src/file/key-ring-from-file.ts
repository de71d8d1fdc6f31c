import { timingSafeEqual } from 'node:crypto';
import { callApp } from '../app-call.js';
import { type KeyRing, keysOf, newKeyRing, type RingKey } from '../key-ring.js';
import { kindOf, SealError, type SealFault, unknownOptions } from '../seal-error.js';
import { expectedTimerMillis, isTimerMillis } from '../timer-millis.js';
import { type FileOptions, ringOfText } from './ring-of-text.js';
import { FileWatch, fileError, readNow } from './watched-file.js';

export interface FileKeyRingOptions {
  /** Id of the key in a file that holds a bare secret; one that a file says itself must be the same. Default: what the file says. */
  keyId?: string;
  /** Realm of the ring, in a file that says none. Default: what the file says, else `''`. */
  realm?: string;
  /** How often the file is looked at, in milliseconds, at least 10. Default: 5,000. */
  pollMillis?: number;
  /** After a changed file was taken. May be asynchronous; what it throws, or rejects with, is ignored. */
  onReload?: (ring: { readonly keyIds: readonly string[] }) => unknown;
  /**
   * After a changed file was refused: the keys of before stay. Once for each content. The error holds no key. May be asynchronous; what
   * it throws, or rejects with, is ignored. Default: `process.emitWarning`.
   */
  onError?: (error: SealError) => unknown;
}

/** A ring that follows a file. */
export interface FileKeyRing extends KeyRing {
  /** Stops following. The ring stays as it is. */
  close(): void;
}

const optionNames: readonly string[] = ['keyId', 'realm', 'pollMillis', 'onReload', 'onError'];
const defaultPollMillis = 5000;
const leastPollMillis = 10;

/**
 * A ring of the keys in a file: the options of `createKeyRing()` as JSON, the lines that `spanseal keygen` prints, or a
 * bare secret with `keyId`. The file is read once now, and looked at again every `pollMillis`, whatever it is replaced by and
 * however: no file system events are needed, and the process is not kept alive. A changed file must keep the realm, and an
 * id its secret: a new secret needs a new id.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_FILE` with every fault at once, when the file cannot be used now.
 */
export function keyRingFromFile(path: string, options: FileKeyRingOptions = {}): FileKeyRing {
  const { pollMillis, onReload, onError, ...given } = checked(path, options);
  const first = readNow(path);
  let current = ringOfText(first.text, given);
  const watch = new FileWatch(path, { seen: first.digest, pollMillis });
  const shown = {
    get realm() {
      return current.realm;
    },
    get keyIds() {
      return current.keyIds;
    },
  };
  const close = { value: () => watch.close() };
  const ring = newKeyRing(Object.defineProperties(shown, { close }) as FileKeyRing, () => keysOf(current));
  watch.start({
    changed(text) {
      const next = ringOfText(text, given);
      refuseContradiction(current, next);
      forgetKeys(current, next);
      current = next;
      callApp(() => onReload({ keyIds: next.keyIds }));
    },
    failed: (error) => callApp(() => onError(error)),
  });
  return ring;
}

type CheckedOptions = FileOptions & Required<Pick<FileKeyRingOptions, 'pollMillis' | 'onReload' | 'onError'>>;

function checked(path: unknown, options: FileKeyRingOptions): CheckedOptions {
  const faults: SealFault[] = [];
  const {
    keyId,
    realm,
    pollMillis = defaultPollMillis,
    onReload = () => undefined,
    onError = warn,
  } = options ?? {};
  if (typeof path !== 'string' || path === '') {
    faults.push({
      path: 'path',
      expected: 'the path of a file',
      got: kindOf(path),
    });
  }
  faults.push(...unknownOptions(options, optionNames));
  if (!isTimerMillis(pollMillis, leastPollMillis)) {
    const expected = expectedTimerMillis(leastPollMillis);
    faults.push({ path: 'pollMillis', expected, got: kindOf(pollMillis) });
  }
  for (const [name, value] of Object.entries({ onReload, onError })) {
    if (typeof value !== 'function') faults.push({ path: name, expected: 'a function', got: kindOf(value) });
  }
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_KEY_FILE', faults);
  return { keyId, realm, pollMillis, onReload, onError };
}

function warn(error: SealError): void {
  process.emitWarning(`The changed key file is not used: ${error.message}`, {
    type: 'SpansealWarning',
    code: error.code,
  });
}

/** Streams and verifiers hold on to the realm and to the key of an id: neither can change under them. */
function refuseContradiction(current: KeyRing, next: KeyRing): void {
  if (next.realm !== current.realm) {
    throw fileError({
      path: 'realm',
      expected: 'the realm of before: another one needs a restart',
      got: 'another one',
    });
  }
  for (const id of next.keyIds) {
    const [before, after] = [keyOf(current, id), keyOf(next, id)];
    if (before === undefined || after === undefined || isSameKey(before, after)) continue;
    const expected = 'a new id beside a new secret or algorithm';
    throw fileError({ path: 'keys', expected, got: `the id ${id} again` });
  }
}

function isSameKey(one: RingKey, other: RingKey): boolean {
  return (
    one.algorithm.name === other.algorithm.name &&
    one.secret.length === other.secret.length &&
    timingSafeEqual(one.secret, other.secret)
  );
}

/** The ring of before is reachable from nowhere else. */
function forgetKeys(current: KeyRing, next: KeyRing): void {
  if (current === next) return;
  for (const id of current.keyIds) keyOf(current, id)?.secret.fill(0);
}

/** Keys of a file have a secret: JSON holds no function. */
function keyOf(ring: KeyRing, id: string): RingKey | undefined {
  const key = keysOf(ring).find(id);
  return key !== undefined && 'secret' in key ? key : undefined;
}
