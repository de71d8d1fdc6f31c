/** Decodes percent-escapes as UTF-8; what is no valid escape stays as it is. Never throws. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodeValidEscapes(text);
  }
}

/** As `decodePercent`, with '+' for a space (application/x-www-form-urlencoded). */
export function decodeForm(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

function decodeValidEscapes(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  });
}

/** Encodes what was decoded for a URL component again, and keeps the mask readable. Never throws. */
export function encodeAround(text: string, mask: string): string {
  const pieces = mask === '' ? [text] : text.split(mask);
  return pieces.map((piece) => encodeURIComponent(piece.replace(/[\ud800-\udfff]/gu, '\ufffd'))).join(mask);
}
