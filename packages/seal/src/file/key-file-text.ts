import type { KeyRingOptions } from '../key-ring.js';

/** What a key file says: a whole ring, one secret with what stands beside it, or why it is no key file. */
export type KeyFile =
  | { readonly ring: KeyRingOptions }
  | { readonly secret: string; readonly id: string | undefined; readonly realm: string | undefined }
  | { readonly expected: string; readonly got: string };

/**
 * Reads a key file: the options of a key ring as JSON, the lines that `spanseal keygen` prints, or the bare secret. What
 * it gives is not checked: `createKeyRing()` does that.
 */
export function parseKeyFile(content: string): KeyFile {
  const text = content.trim();
  if (text === '') return { expected: 'a key', got: 'an empty file' };
  if (text.startsWith('{')) return parseRing(text);
  const lines = new Map(text.split(/\r?\n/).map(splitLine));
  const secret = lines.get('SPANSEAL_SIGNING_KEY');
  if (secret === undefined) return { secret: text, id: undefined, realm: undefined };
  return { secret, id: lines.get('SPANSEAL_KEY_ID'), realm: lines.get('SPANSEAL_REALM') };
}

function parseRing(text: string): KeyFile {
  try {
    // createKeyRing checks every member of what comes from outside.
    return { ring: JSON.parse(text) as KeyRingOptions };
  } catch {
    // The parser's own message quotes the text.
    return { expected: 'JSON of a key ring', got: 'a text that is no JSON' };
  }
}

function splitLine(line: string): [string, string] {
  const at = line.indexOf('=');
  if (at < 0) return [line.trim(), ''];
  const name = line.slice(0, at).replace(/^export\s/, '');
  return [name.trim(), withoutQuotes(line.slice(at + 1).trim())];
}

function withoutQuotes(value: string): string {
  const [, , inner] = /^(['"])(.*)\1$/.exec(value) ?? [];
  return inner ?? value;
}
