const DIGIT_ZEROS: readonly number[] = [0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0e50, 0xff10];

/**
 * The ASCII character that a digit of another script, a full-width form, a dash or a space of typography stands for; 0 for
 * every other character.
 */
function foldedCode(code: number): number {
  if (code >= 0x2010 && code <= 0x2015) return 0x2d;
  if (code >= 0x2000 && code <= 0x200a) return 0x20;
  if (code === 0x2212 || code === 0xfe63) return 0x2d;
  if (code === 0xa0 || code === 0x202f || code === 0x205f || code === 0x3000) return 0x20;
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code < 0x0660 || code > 0x0e59) return 0;
  for (const zero of DIGIT_ZEROS) if (code >= zero && code <= zero + 9) return code - zero + 0x30;
  return 0;
}

/** A text with these characters replaced one by one, so that places in it are the same. */
export function foldedText(text: string): string {
  let folded = '';
  let copied = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const other = code < 0x80 ? 0 : foldedCode(code);
    if (other === 0) continue;
    folded += text.slice(copied, at) + String.fromCharCode(other);
    copied = at + 1;
  }
  return folded + text.slice(copied);
}
