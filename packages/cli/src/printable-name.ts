/**
 * A name (attacker-controlled) on one line: control characters, direction marks and invisible characters are written out, and
 * one of more than `longest` UTF-16 units is cut.
 */
export function printableName(name: string, longest = 120): string {
  const shown = name.length > longest ? `${name.slice(0, longest)}…` : name;
  return shown.replace(
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\uffff]/g,
    (letter, at: number) =>
      isPaired(shown, at) ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Half of a character that two units make. */
function isPaired(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 0xd800 && code <= 0xdbff) return isLow(text.charCodeAt(at + 1));
  return isLow(code) && at > 0 && text.charCodeAt(at - 1) >= 0xd800 && text.charCodeAt(at - 1) <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
