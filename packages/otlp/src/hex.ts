/** The value of a hex digit by its character code; 255 for any other character. Both cases are taken. */
export const hexDigits: Uint8Array = new Uint8Array(128).fill(255);
for (let i = 0; i < 16; i++) {
  const digit = i.toString(16);
  hexDigits[digit.charCodeAt(0)] = i;
  hexDigits[digit.toUpperCase().charCodeAt(0)] = i;
}

/** Whether a text consists of hex digits alone. */
export function isHex(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!((hexDigits[text.charCodeAt(i)] ?? 255) < 16)) return false;
  return true;
}
