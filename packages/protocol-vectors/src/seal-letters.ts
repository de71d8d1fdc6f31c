const alphabet = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP';

/** Bytes in the letters of seals. */
export function spelledBytes(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** A number in the letters of seals, the shortest spelling. */
export function spelledNumber(value: number): string {
  return [...value.toString(32)].map((digit) => alphabet[Number.parseInt(digit, 32)]).join('');
}

/** The bytes that a text spells, its unused bits left out. */
export function spelledOutBytes(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

export function spelledOutNumber(text: string): number {
  return [...text].reduce((value, letter) => value * 32 + alphabet.indexOf(letter), 0);
}
