import { isUtf8 } from 'node:buffer';

/** What `decodeURIComponent` can refuse: a percent sign without two digits, and bytes that may be no UTF-8. */
const REFUSABLE = /%(?:[89A-Fa-f]|(?![0-9A-Fa-f]{2}))/;
const BEYOND_ASCII = /%[89A-Fa-f]/;

/**
 * Decodes percent-escapes as UTF-8; what is no valid escape stays as it is. Never throws, and asks nothing that does: to throw takes a
 * hundred times as long as to decode.
 */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return REFUSABLE.test(text) ? decodeValidEscapes(text) : decodeURIComponent(text);
}

/** As `decodePercent`, with '+' for a space (application/x-www-form-urlencoded). */
export function decodeForm(text: string): string {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text);
}

function decodeValidEscapes(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    if (!BEYOND_ASCII.test(escapes)) return decodeURIComponent(escapes);
    const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
    if (isUtf8(bytes)) return bytes.toString('utf8');
    return escapes.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  });
}

/** As `encodeAround`, of what `decodeForm` decoded: a blank that came as '+' leaves as '+'. */
export function encodeFormAround(text: string, mask: string, raw: string): string {
  const encoded = encodeAround(text, mask);
  return raw.includes('+') ? encoded.replaceAll('%20', '+') : encoded;
}

/** Encodes what was decoded for a URL component again, and keeps the mask readable. Never throws. */
export function encodeAround(text: string, mask: string): string {
  const pieces = mask === '' ? [text] : text.split(mask);
  return pieces.map((piece) => encodeURIComponent(piece.replace(/[\ud800-\udfff]/gu, '\ufffd'))).join(mask);
}
