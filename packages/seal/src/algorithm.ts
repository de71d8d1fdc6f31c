/** Name of a MAC algorithm. It belongs to the key, never to the message (RFC 9421 §7.3.6). */
export type AlgorithmName = 'hs256' | 'hs512';

/** What the code below needs to know of an algorithm. */
export interface Algorithm {
  readonly name: AlgorithmName;
  /** Hash of the HMAC (RFC 2104), by its node:crypto name. */
  readonly hash: 'sha256' | 'sha512';
}

const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ['hs256', { name: 'hs256', hash: 'sha256' }],
  ['hs512', { name: 'hs512', hash: 'sha512' }],
]);

/** The algorithm of that name, or undefined. */
export function findAlgorithm(name: string): Algorithm | undefined {
  return algorithms.get(name);
}

export const algorithmNames: readonly string[] = [...algorithms.keys()];
