import { algorithmNames, findAlgorithm } from './algorithm.js';
import { expectedKeyId, isKeyId } from './key-id.js';
import type { RemoteKey, RingKey } from './key-ring.js';
import { kindOf, type SealFault, shownOption } from './seal-error.js';
import { expectedSecret, parseSecret } from './secret.js';
import { isStreamKeySource, type StreamKeySource } from './stream-key-source.js';

const ringMembers: readonly string[] = ['realm', 'primary', 'verifyOnly', 'revoked'];
const keyMembers: readonly string[] = ['id', 'secret', 'source', 'algorithm'];
const revokedMembers: readonly string[] = [...keyMembers, 'from'];

type Members = Readonly<Record<string, unknown>>;

/** Reads the options of a key ring, which come from outside, and collects what is wrong with them. */
export class KeyRingReader {
  readonly faults: SealFault[] = [];

  /** What could be read; of no use when there are faults. The primary key is the first. */
  read(options: unknown): { realm: string; keys: (RingKey | RemoteKey)[] } {
    const given = this.#members(options, 'options', ringMembers);
    const realm = this.#realm(given['realm']);
    const keys = [
      this.#key(given['primary'], 'primary', keyMembers),
      ...this.#list(given['verifyOnly'], 'verifyOnly').map(([key, path]) => this.#key(key, path, keyMembers)),
      ...this.#list(given['revoked'], 'revoked').map(([key, path]) => this.#revoked(key, path)),
    ].filter((key) => key !== undefined);
    const ids = keys.map(({ id }) => id);
    for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) {
      this.#fault('keys', 'every id once', `the id ${id} again`);
    }
    return { realm, keys };
  }

  #realm(value: unknown): string {
    if (value === undefined) return '';
    if (typeof value === 'string' && Buffer.byteLength(value) <= 255 && value.isWellFormed()) return value;
    this.#fault('realm', 'a well-formed text of at most 255 bytes', kindOf(value));
    return '';
  }

  #key(value: unknown, path: string, known: readonly string[]): RingKey | RemoteKey | undefined {
    const before = this.faults.length;
    const { id, secret, source, algorithm = 'hs256' } = this.#members(value, path, known);
    if (!isKeyId(id)) this.#fault(`${path}.id`, expectedKeyId, kindOf(id));
    const root = source === undefined ? this.#secret(secret, path) : this.#source({ secret, source }, path);
    const entry = typeof algorithm === 'string' ? findAlgorithm(algorithm) : undefined;
    if (entry === undefined) this.#fault(`${path}.algorithm`, algorithmNames.join(' or '), kindOf(algorithm));
    const isSound = this.faults.length === before && isKeyId(id) && entry !== undefined;
    return isSound && root !== undefined
      ? { id, algorithm: entry, revokedFrom: undefined, ...root }
      : undefined;
  }

  #secret(secret: unknown, path: string): { secret: Uint8Array } | undefined {
    const bytes = typeof secret === 'string' ? parseSecret(secret) : { got: kindOf(secret) };
    if (!('got' in bytes)) return { secret: bytes };
    this.#fault(`${path}.secret`, expectedSecret, bytes.got);
    return undefined;
  }

  #source(
    given: { secret: unknown; source: unknown },
    path: string,
  ): { source: StreamKeySource } | undefined {
    const { secret, source } = given;
    if (secret !== undefined) this.#fault(`${path}.source`, 'a secret or a source', 'both');
    if (isStreamKeySource(source)) return { source };
    this.#fault(`${path}.source`, 'a stream-key source: an object with mac()', kindOf(source));
    return undefined;
  }

  #revoked(value: unknown, path: string): RingKey | RemoteKey | undefined {
    const key = this.#key(value, path, revokedMembers);
    const from = typeof value === 'object' && value !== null && 'from' in value ? value.from : undefined;
    const time = from === undefined ? Number.NEGATIVE_INFINITY : toTime(from);
    if (Number.isNaN(time)) {
      this.#fault(`${path}.from`, 'a time: ISO 8601 text, Date, or milliseconds', kindOf(from));
    }
    return key && { ...key, revokedFrom: time };
  }

  #members(value: unknown, path: string, known: readonly string[]): Members {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.#fault(path, 'an object', kindOf(value));
      return {};
    }
    for (const name of Object.keys(value).filter((each) => !known.includes(each))) {
      const shown = shownOption(name);
      this.#fault(
        path === 'options' ? shown : `${path}.${shown}`,
        `only ${known.join(', ')}`,
        'an unknown option',
      );
    }
    return { ...value };
  }

  #list(value: unknown, path: string): [unknown, string][] {
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item, index) => [item, `${path}[${index}]`]);
    this.#fault(path, 'an array of keys', kindOf(value));
    return [];
  }

  #fault(path: string, expected: string, got: string): void {
    this.faults.push({ path, expected, got });
  }
}

function toTime(value: unknown): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}
