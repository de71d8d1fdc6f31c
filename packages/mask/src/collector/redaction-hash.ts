import { createHash, createHmac } from 'node:crypto';

/** The functions of `hash_function`, in lower case. */
export const hashFunctions = ['md5', 'sha1', 'sha3', 'hmac-sha256', 'hmac-sha512'] as const;
export type HashFunction = (typeof hashFunctions)[number];

/** Shortest `hmac_key` of each keyed function, in bytes. */
export const hmacKeyLengths: { readonly [name in HashFunction]?: number } = {
  'hmac-sha256': 32,
  'hmac-sha512': 64,
};

/** Hexadecimal digest of a text, as the Collector's redaction processor writes it. `sha3` is SHA3-256. */
export function createDigest(name: HashFunction, key: string): (text: string) => string {
  switch (name) {
    case 'hmac-sha256':
      return (text) => createHmac('sha256', key).update(text).digest('hex');
    case 'hmac-sha512':
      return (text) => createHmac('sha512', key).update(text).digest('hex');
    default: {
      const algorithm = name === 'sha3' ? 'sha3-256' : name;
      return (text) => createHash(algorithm).update(text).digest('hex');
    }
  }
}
