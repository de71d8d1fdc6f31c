import type { RandomRun } from './random-run.js';
import { namesSecret } from './secret-prefix.js';

/** Identifiers that are random by design and give nothing away, as whole runs. */
const IDENTIFIERS: readonly RegExp[] = [
  // ULID: time first, in Crockford's alphabet.
  /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i,
  // KSUID, cuid.
  /^[0-3][0-9A-Za-z]{26}$/,
  /^c[a-z0-9]{24}$/,
];

/** Prefixes of identifiers that services hand out openly. What a service calls a key, token or secret is not among them. */
const ID_PREFIX =
  /(?:^|[^A-Za-z0-9])(?:cus|pi|pm|ch|evt|req|in|ii|sub|si|price|prod|acct|txn|seti|src|re|du|dp|po|tr|ba|card|cs|link|plan|chatcmpl|cmpl|resp|call|msg|toolu|run|thread|asst|file|batch|step|org|proj|user|usr|team|order|ord|inv|job|task|build|deploy|dpl|ver|rev|page|node|item|obj|event|sess|span|trace)[_-]$/i;

/** What is published beside the thing it belongs to: checksums, nonces of a content policy, multipart boundaries. */
const PUBLISHED_PREFIX =
  /(?:^|[^A-Za-z0-9])(?:sha\d{1,3}|md5|nonce|boundary|blake2b|blake3|crc32c?)[-=]$|boundary=?"?-*$/i;

/** Openings of encoded pictures, archives and documents, and of public keys: base64 of their first bytes. */
const MEDIA =
  /^(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|H4sIA|UEsDB|JVBERi0|d09G|AGFzbQ|KLUv\/|T2dnUw|SUkqA|Qk0|AAAAB3NzaC1|AAAAC3NzaC1|AAAAE2VjZHNh)/;

/** Blocks whose content is public, and data of pictures in a URL. */
const PUBLIC_BLOCKS: readonly { readonly opens: string; readonly closes: string }[] = [
  { opens: '-----BEGIN CERTIFICATE', closes: '-----END CERTIFICATE' },
  { opens: '-----BEGIN PUBLIC KEY', closes: '-----END PUBLIC KEY' },
  { opens: '-----BEGIN RSA PUBLIC KEY', closes: '-----END RSA PUBLIC KEY' },
];

/** Longer runs are content, not a credential. */
const LONGEST = 4096;

/** Whether a random run is known for harmless by what stands in and before it. */
export function isHarmlessRun(text: string, run: RandomRun): boolean {
  const { start, end, prefix } = run;
  if (end - start > LONGEST) return true;
  const before = text.slice(Math.max(0, start - 16), start);
  if (PUBLISHED_PREFIX.test(before)) return true;
  if (ID_PREFIX.test(before) && !namesSecret(prefix)) return true;
  const opening = text.slice(Math.max(0, start - 1), start + 32);
  if (MEDIA.test(opening) || MEDIA.test(opening.slice(start > 0 ? 1 : 0))) return true;
  if (end - start > 27) return false;
  const found = text.slice(start, end);
  return IDENTIFIERS.some((shape) => shape.test(found));
}

/** Text without public blocks and pictures. Linear time; what has no end is kept. */
export function withoutPublicBlocks(text: string): string {
  let rest = text;
  if (rest.includes('-----BEGIN ')) {
    for (const block of PUBLIC_BLOCKS) rest = withoutBlocks(rest, block);
  }
  return rest.includes(';base64,')
    ? rest.replace(/data:(?:image|font|audio|video)\/[\w.+-]{1,40};base64,[\w+/=-]*/g, ' ')
    : rest;
}

function withoutBlocks(text: string, { opens, closes }: { opens: string; closes: string }): string {
  let out = '';
  let copied = 0;
  for (let start = text.indexOf(opens); start >= 0; start = text.indexOf(opens, copied)) {
    const end = text.indexOf(closes, start);
    if (end < 0) break;
    out += text.slice(copied, start);
    copied = end + closes.length;
  }
  return out + text.slice(copied);
}
