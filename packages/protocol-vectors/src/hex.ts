/** Bytes as the vectors write them. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The bytes of a text that {@link hex} gave; blanks count for nothing. */
export function bytesOf(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
