/** A seal in its text: version, key id, realm tag, stream. Bounded, so that it takes linear time on any text. */
const sealStart = /1~([A-Za-z0-9][A-Za-z0-9_-]{0,31})~[b-zB-P]{4}~[b-zB-P]{26}~/g;

/** The most ids that are looked for: a file can name any number. */
const maxKeyIds = 64;

/**
 * The key ids that the seals of these requests name, whatever their encoding: a seal is plain text in all of them.
 * Attacker-controlled: they only say under which ids to look.
 */
export function sealKeyIds(requests: readonly (Uint8Array | string)[]): string[] {
  const ids = new Set<string>();
  for (const request of requests) {
    const text = typeof request === 'string' ? request : Buffer.from(request).toString('latin1');
    for (const [, id] of text.matchAll(sealStart)) {
      if (id !== undefined && ids.size < maxKeyIds) ids.add(id);
    }
  }
  return [...ids].filter((id) => !/[0-9]{9}/.test(id));
}
