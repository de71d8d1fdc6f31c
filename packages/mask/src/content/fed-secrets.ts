import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isExample } from './placeholder.js';
import { TextRewrite } from './text-rewrite.js';

const WORD = `("[^"\\n]{1,256}"|'[^'\\n]{1,256}'|[^\\s|;&"'$<>()]{1,256})`;
const PRINT = '(?:echo|printf)[ \\t]{1,4}(?:-[neE]{1,3}[ \\t]{1,4}|["\']?%s(?:\\\\n)?["\']?[ \\t]{1,4})?';
/** Programs that read a secret from their input. */
const READER =
  /(?:^|\s)(?:[\w./-]{0,64}\/)?(?:(?:npx|bunx)[ \t]{1,4})?(?:chpasswd\b|passwd[ \t]{1,4}--stdin|sudo[ \t]{1,4}-[A-Za-z]{0,4}S|kinit\b|cryptsetup\b|smbpasswd\b|(?:docker|podman)[ \t]{1,4}secret[ \t]{1,4}create|gcloud[ \t]{1,4}secrets[ \t]|wrangler[ \t]{1,4}(?:pages[ \t]{1,4})?secret[ \t]{1,4}put|gh[ \t]{1,4}secret[ \t]{1,4}set|vercel[ \t]{1,4}env[ \t]{1,4}add|vault[ \t]{1,4}login)/;
/** The same, where the program is the first word of a command: elsewhere it is a word to be searched for, or a file. */
const FIRST_READER =
  /(?:^|: |\+ )[ \t]{0,4}(?:(?:sudo|doas)[ \t]{1,4}(?:-\w{1,8}[ \t]){0,3})?(?:[\w./-]{0,64}\/)?(?:passwd|su|vncpasswd|ocpasswd|saslpasswd2|pdbedit|argon2|anydesk|keepassxc-cli|secret-tool|g?o?pass[ \t]{1,4}insert|p4[ \t]{1,4}login|az[ \t]{1,4}devops[ \t]{1,4}login|realm[ \t]{1,4}join|mkpasswd|htpasswd[ \t]{1,4}-[A-Za-z]{0,6}i|openssl[ \t]{1,4}passwd)(?![\w.-])/;
/** Words of a command that say so of any program. */
const TAKES: readonly RegExp[] = [
  /login[ \t][^|\n]{0,60}--stdin\b|--(?:(?:password|token|secret|key)-stdin|with-token|passphrase-fd[ =]0)\b/,
  /--?(?:(?:passw(?:or)?d|passphrase|pass|pin|auth)-?(?:on-?)?stdin|stdin-?(?:passw(?:or)?d|passphrase|pass))\b/,
  /-pass(?:in|out|word)?[ =]stdin\b/,
  // kubectl create secret generic x --from-file=password=/dev/stdin
  /\bsecrets?[ \t][^|\n]{0,160}(?:--from-file[= ][\w.-]{0,64}=?\/dev\/stdin|file:\/\/\/dev\/stdin)/,
  /\b(?:vault|bao)[ \t]{1,4}(?:kv[ \t]{1,4})?(?:put|write|patch)[ \t][^|\n]{0,160}=-(?:\s|$)/,
];
const LONGEST_COMMAND = 260;

function readsSecret(command: string): boolean {
  return READER.test(command) || FIRST_READER.test(command) || TAKES.some((takes) => takes.test(command));
}

/** `echo x | docker login --password-stdin`: what is printed, the word, and the command behind the pipe. */
const PIPED = new RegExp(`(\\b${PRINT})${WORD}(?=[ \\t]{0,4}\\|([^|\\n]{0,${LONGEST_COMMAND}}))`, 'g');
const HERE_STRING = new RegExp(`[ \\t]{0,4}${WORD}`, 'y');

/** What else a shell or a program that types feeds. Group 1 is kept, group 2 is the secret. */
const FEEDS: readonly RegExp[] = [
  // openvpn --auth-user-pass <(echo x)
  new RegExp(
    `((?:pass|key|secret|token|pw)[\\w-]{0,24}[= \\t]{1,4}<\\(${PRINT})("[^"]{1,256}"|'[^']{1,256}'|[^\\s|;&"'$<>()]{1,256})(?=\\))`,
    'gi',
  ),
  // lftp -e "open -u bob,x host"
  /(\bopen -u [^\s,"']{1,64},)([^\s"',]{1,256})/g,
  // curl -K - <<< 'user = "bob:x"'
  /(<<<[ \t]{0,4}['"]?(?:proxy-)?user[ \t]{0,4}[=:]?[ \t]{0,4}["']?[^\s:"']{1,64}:)([^\s"'\\]{1,256})/g,
  // expect "assword:"; send "x\r"
  /(assword:?[ ]?["}]?[;\s{]{0,8}send (?:-- )?)("[^"\n]{1,256}")/g,
];
/** One of these is in every text in which something is found. */
export const FED_WORDS: readonly string[] = ['<<<', 'open -u ', 'send "', 'send -- "', 'echo', 'printf'];
const SIGN = /<<<|open -u |\bsend (?:-- )?"|\b(?:echo|printf)\s/;
/** `bob:x`, as `chpasswd` takes it, and the line ends of programs that type. */
const AROUND = /^(["']?)([\s\S]*?)((?:\\[rn])?\1)$/;

/**
 * Masks what a shell hands to a program that reads a secret from its input: by a pipe, a here-string, a substitution.
 *
 * @param text attacker-controlled.
 */
export function maskFedSecrets(text: string, rules: ContentRules): string {
  if (!SIGN.test(text)) return text;
  let masked = text.includes('|') ? maskPiped(text, rules) : text;
  if (masked.includes('<<<')) masked = maskHereStrings(masked, rules);
  for (const feed of FEEDS)
    masked = masked.replace(feed, (_, before: string, word: string) => before + maskWord(word, rules));
  return masked;
}

function maskPiped(text: string, rules: ContentRules): string {
  return text.replace(PIPED, (whole, ...[before = '', word = '', command = '']: string[]) =>
    readsSecret(command) ? before + maskWord(word, rules) : whole,
  );
}

/** `kinit bob <<< x`. No stretch is read for two of them. */
function maskHereStrings(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  let from = 0;
  for (let at = text.indexOf('<<<'); at >= 0; at = text.indexOf('<<<', from)) {
    // Of a longer run, none is followed by a word but the last three.
    if (text[at + 3] === '<') {
      from = at + 1;
      while (text[from + 3] === '<') from += 1;
      continue;
    }
    const command = text.slice(Math.max(from, at - LONGEST_COMMAND), at);
    from = at + 3;
    HERE_STRING.lastIndex = from;
    const found = HERE_STRING.exec(text);
    if (found === null || !readsSecret(command.slice(command.search(/[^|;&(\n]*$/)))) continue;
    const word = found[1] ?? '';
    from = HERE_STRING.lastIndex;
    rewrite.replace(from - word.length, from, maskWord(word, rules));
  }
  return rewrite.toString();
}

/** The same word where it is an example or was masked. */
function maskWord(word: string, rules: ContentRules): string {
  const [, quote = '', value = '', end = ''] = AROUND.exec(word) ?? [];
  return isMaskedValue(value, rules) || isExample(value) ? word : quote + rules.mask + end;
}
