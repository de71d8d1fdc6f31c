import type { Attributes } from './attribute-value.js';
import { KeyPlaces } from './key-places.js';
import { CALLED_KEYS, TARGET_KEY } from './sensitive-service.js';
import { HOST_KEYS, readHost, readUrl, URL_KEYS } from './service-endpoint.js';
import type { CompiledServiceRule } from './service-rules.js';

/** Hosts are few and repeat; what does not is not remembered. */
const MOST_HOSTS = 4096;
const LONGEST_HOST = 256;

const HOST = 1;
const URL_VALUE = 2;
const RPC = 3;
const ROLES: ReadonlyMap<string, number> = new Map([
  ...HOST_KEYS.map((key) => [key, HOST] as const),
  ...URL_KEYS.map((key) => [key, URL_VALUE] as const),
  ...['rpc.system', 'rpc.system.name', 'rpc.service', 'rpc.method'].map((key) => [key, RPC] as const),
  ...[...CALLED_KEYS, TARGET_KEY].map((key) => [key, RPC] as const),
]);

/**
 * Says of nearly all spans, in a few look-ups, that no rule on services can match them: they have no attribute that a rule
 * reads, or name only hosts that no rule is about.
 */
export class ServiceFilter {
  readonly #rules: readonly CompiledServiceRule[];
  /** True when a rule can match any host, or reads attributes of its own. */
  readonly #unbounded: boolean;
  /** Apart, since a text can be a host and no URL. */
  readonly #cleanHosts = new Set<string>();
  readonly #cleanUrls = new Set<string>();
  readonly #roles = new KeyPlaces((key) => ROLES.get(key));
  /** The last of each that was clean. */
  #lastHost = '';
  #lastUrl = '';

  constructor(rules: readonly CompiledServiceRule[]) {
    this.#rules = rules;
    this.#unbounded = rules.some(({ concerns }) => concerns === undefined);
  }

  /** False when no rule can match. */
  mayMatch(attributes: Attributes): boolean {
    if (this.#rules.length === 0) return false;
    if (this.#unbounded) return true;
    const keys = Object.keys(attributes);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? '';
      const role = this.#roles.at(index, key);
      if (role === undefined) continue;
      if (role === RPC || !this.#isClean(role, attributes[key])) return true;
    }
    return false;
  }

  #isClean(role: number, given: unknown): boolean {
    // A header's attribute is a list of values.
    const value: unknown = Array.isArray(given) ? given[0] : given;
    if (typeof value !== 'string') return true;
    if (role === HOST ? value === this.#lastHost : this.#isOfLastUrl(value)) return true;
    const name = role === HOST ? value : authorityOf(value);
    if (!this.#isCleanName(role, name)) return false;
    if (role === HOST) this.#lastHost = name;
    else if (isAuthority(name)) this.#lastUrl = name;
    return true;
  }

  /** Whether a URL is, up to its path, the last one that was clean. */
  #isOfLastUrl(url: string): boolean {
    const { length } = this.#lastUrl;
    // Faster than `startsWith`.
    return length > 0 && url.slice(0, length) === this.#lastUrl && endsAuthority(url.charCodeAt(length));
  }

  #isCleanName(role: number, name: string): boolean {
    const clean = role === HOST ? this.#cleanHosts : this.#cleanUrls;
    if (clean.has(name)) return true;
    if (name.length > LONGEST_HOST) return false;
    const endpoint = role === HOST ? readHost(name) : readUrl(name);
    if (endpoint !== undefined && this.#rules.some(({ concerns }) => concerns?.(endpoint.host) !== false)) {
      return false;
    }
    if (clean.size >= MOST_HOSTS) clean.clear();
    clean.add(name);
    return true;
  }
}

/** A URL up to its path; the whole of what may be something else. */
function authorityOf(url: string): string {
  const start = url.indexOf('://') + 3;
  if (start < 3) return url;
  for (let at = start; at < url.length; at += 1) {
    // Parsers pass over more slashes than two.
    if (endsAuthority(url.charCodeAt(at))) return at === start ? url : url.slice(0, at);
  }
  return url;
}

/** Whether what `authorityOf` gave is a URL up to its path, and not one of another spelling. */
function isAuthority(name: string): boolean {
  const start = name.indexOf('://') + 3;
  return start >= 3 && name.length > start && !endsAuthority(name.charCodeAt(start));
}

/** '/', '?', '#', and the '\' that URL parsers take for a '/'. */
function endsAuthority(code: number): boolean {
  return code === 0x2f || code === 0x3f || code === 0x23 || code === 0x5c;
}
