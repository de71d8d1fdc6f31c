import type { Canaries, Canary, CanaryPlace } from './canaries.js';

/** A canary that was found, and how it was written. */
export interface CanaryFinding {
  readonly place: CanaryPlace;
  readonly encoding: string;
  /** Where it starts, in bytes. */
  readonly offset: number;
}

/**
 * Looks for every canary in raw bytes, in each encoding that an exporter may use: UTF-8, UTF-16, JSON escapes, base64 and
 * base64url at each of the three alignments, hexadecimal, percent-encoding. Compressed bytes must be unpacked first.
 *
 * @returns one finding per canary and encoding; an empty list when nothing leaked.
 */
export function findCanaries(bytes: Uint8Array, canaries: Canaries | readonly Canary[]): CanaryFinding[] {
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const list: readonly Canary[] = Array.isArray(canaries) ? canaries : Object.values(canaries);
  return list.flatMap(({ place, secret }) => {
    const findings: CanaryFinding[] = [];
    for (const [encoding, needle] of writings(secret)) {
      const offset = haystack.indexOf(needle);
      if (offset >= 0) findings.push({ place, encoding, offset });
    }
    return findings;
  });
}

function writings(secret: string): [encoding: string, needle: Buffer][] {
  const utf8 = Buffer.from(secret);
  const utf16 = Buffer.from(secret, 'utf16le');
  const hex = utf8.toString('hex');
  const units = [...Array(secret.length).keys()].map((i) =>
    secret.charCodeAt(i).toString(16).padStart(4, '0'),
  );
  const percent = hex.replace(/../g, '%$&');
  const texts: [string, string][] = [
    ['JSON string', JSON.stringify(secret).slice(1, -1)],
    ['JSON string in a JSON string', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['JSON escapes', units.map((unit) => `\\u${unit}`).join('')],
    ['JSON escapes, upper case', units.map((unit) => `\\u${unit.toUpperCase()}`).join('')],
    ['hexadecimal', hex],
    ['hexadecimal, upper case', hex.toUpperCase()],
    ['percent-encoding', encodeURIComponent(secret)],
    ['percent-encoding of every byte', percent],
    ['percent-encoding of every byte, upper case', percent.toUpperCase()],
    ['list of byte values', [...utf8].join(',')],
    ...base64Writings(utf8),
  ];
  const needles = texts.map(([encoding, text]): [string, Buffer] => [encoding, Buffer.from(text)]);
  return [['UTF-8', utf8], ['UTF-16LE', utf16], ['UTF-16BE', Buffer.from(utf16).swap16()], ...needles];
}

/** Base64 of the secret behind 0, 1 or 2 unknown bytes: only the characters that depend on nothing but the secret. */
function base64Writings(secret: Buffer): [string, string][] {
  return [0, 1, 2].flatMap((shift) => {
    const bits = (shift + secret.length) * 8;
    const text = Buffer.concat([Buffer.alloc(shift), secret]).toString('base64');
    const stable = text.slice(Math.ceil((shift * 8) / 6), Math.floor(bits / 6));
    const url = stable.replaceAll('+', '-').replaceAll('/', '_');
    return [
      [`base64 at alignment ${shift}`, stable] as [string, string],
      [`base64url at alignment ${shift}`, url] as [string, string],
    ];
  });
}
