import { createKeyRing, type KeyOptions, type KeyRing, type RevokedKeyOptions } from '@spanseal/seal';

/** A key as the vectors write it. The secret of a remote key is the one that its service has. */
export interface KeyInput {
  readonly id: string;
  readonly algorithm: 'hs256' | 'hs512';
  readonly secret: string;
  /** Milliseconds since the Unix epoch. */
  readonly revoked_from_millis?: number;
}

export interface KeyRingInput {
  readonly realm: string;
  /** The first one signs. */
  readonly keys: readonly KeyInput[];
}

export const realm = 'acme/production';
export const secret = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';
export const otherSecret = 'f0e1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff';
export const hs256Key: KeyInput = { id: 'k-1', algorithm: 'hs256', secret };
export const hs512Key: KeyInput = { id: 'K_512', algorithm: 'hs512', secret };
export const plainRing: KeyRingInput = { realm, keys: [hs256Key] };

/** A key that no seal of the vectors names, for rings on which every other key is revoked. */
const idle: KeyOptions = { id: 'idle', secret: `hex:${'ff'.repeat(32)}` };

export function keyRingOf({ realm: given, keys }: KeyRingInput): KeyRing {
  const signing = keys.filter((key) => key.revoked_from_millis === undefined).map(optionsOf);
  const revoked = keys.filter((key) => key.revoked_from_millis !== undefined).map(revokedOptionsOf);
  const [primary = idle, ...verifyOnly] = signing;
  return createKeyRing({ realm: given, primary, verifyOnly, revoked });
}

function optionsOf({ id, algorithm, secret: root }: KeyInput): KeyOptions {
  return { id, algorithm, secret: `hex:${root}` };
}

function revokedOptionsOf(key: KeyInput): RevokedKeyOptions {
  return { ...optionsOf(key), from: key.revoked_from_millis ?? 0 };
}
