import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isExample } from './placeholder.js';

const WORD = `("[^"\\n]{1,256}"|'[^'\\n]{1,256}'|[^\\s|;&"'$<>()]{1,256})`;
const PRINT = '(?:echo|printf)[ \\t]{1,4}(?:-[neE]{1,3}[ \\t]{1,4}|["\']?%s(?:\\\\n)?["\']?[ \\t]{1,4})?';
/** Programs that read a secret from their input, with the words that say so. */
const READER =
  '(?:(?:npx|bunx)[ \\t]{1,4})?(?:chpasswd\\b|passwd[ \\t]{1,4}--stdin|sudo[ \\t]{1,4}-[A-Za-z]{0,4}S|kinit\\b|cryptsetup\\b|smbpasswd\\b|' +
  '(?:docker|podman)[ \\t]{1,4}secret[ \\t]{1,4}create|gcloud[ \\t]{1,4}secrets[ \\t]|wrangler[ \\t]{1,4}(?:pages[ \\t]{1,4})?secret[ \\t]{1,4}put|' +
  'gh[ \\t]{1,4}secret[ \\t]{1,4}set|vercel[ \\t]{1,4}env[ \\t]{1,4}add|vault[ \\t]{1,4}login|' +
  '[^|\\n]{1,200}(?:login[ \\t][^|\\n]{0,60}--stdin\\b|--(?:(?:password|token|secret|key)-stdin|with-token|passphrase-fd[ =]0)\\b))';

/** What a shell feeds to such a program. Group 1 is kept, group 2 is the secret. */
const FEEDS: readonly RegExp[] = [
  // echo x | docker login --password-stdin
  new RegExp(`(\\b${PRINT})${WORD}(?=[ \\t]{0,4}\\|[ \\t]{0,4}(?:sudo[ \\t]{1,4})?${READER})`, 'g'),
  // kinit bob <<< x
  new RegExp(
    `((?:^|[|;&(\\s])(?:sudo[ \\t]{1,4})?(?:[\\w./-]{0,64}\\/)?${READER}[^|;&\\n<]{0,200}<<<[ \\t]{0,4})${WORD}`,
    'gm',
  ),
  // openvpn --auth-user-pass <(echo x)
  new RegExp(
    `((?:pass|key|secret|token|pw)[\\w-]{0,24}[= \\t]{1,4}<\\(${PRINT})("[^"]{1,256}"|'[^']{1,256}'|[^\\s|;&"'$<>()]{1,256})(?=\\))`,
    'gi',
  ),
  // lftp -e "open -u bob,x host"
  /(\bopen -u [^\s,"']{1,64},)([^\s"',]{1,256})/g,
  // expect "assword:"; send "x\r"
  /(assword:?[ ]?["}][;\s{]{0,8}send (?:-- )?)("[^"\n]{1,256}")/g,
];
const SIGN = /<<<|open -u |\||<\((?:echo|printf)|assword.{0,4}["}].{0,8}send/;
/** `bob:x`, as `chpasswd` takes it, and the line ends of programs that type. */
const AROUND = /^(["']?)([\s\S]*?)((?:\\[rn])?\1)$/;

/**
 * Masks what a shell hands to a program that reads a secret from its input: by a pipe, a here-string, a substitution.
 *
 * @param text attacker-controlled.
 */
export function maskFedSecrets(text: string, rules: ContentRules): string {
  if (!SIGN.test(text)) return text;
  let masked = text;
  for (const feed of FEEDS) {
    masked = masked.replace(feed, (whole, before: string, word: string) => {
      const [, quote = '', value = '', end = ''] = AROUND.exec(word) ?? [];
      return isMaskedValue(value, rules) || isExample(value) ? whole : before + quote + rules.mask + end;
    });
  }
  return masked;
}

/** Whether a text has the signs of what `maskFedSecrets` masks, and of no program with options. */
export function feedsSecret(text: string): boolean {
  return /<<<|open -u |\bsend (?:-- )?"|\b(?:echo|printf)\s/.test(text);
}
