import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isMessageWord } from './prose.js';
import { maskRedisText } from './redis-text.js';

/** One of these is in every text in which something is found. */
export const LOGIN_WORDS: readonly string[] = [
  'auth',
  'setuser ',
  'config set ',
  'login',
  'pass ',
  '334 ',
  'credential',
  'basic(',
  'connect(',
  'construct(',
  'connection(',
  'bind(',
  'bind_s(',
  'open(',
  'pdo(',
  'mysqli(',
  'sign(',
  'verify(',
  'hmac(',
  'sequelize(',
  'authentication(',
  'start(',
  'password(',
  'conn',
  ' %s',
  ' %v',
  'token=%s',
  'or password ',
];
const LOGIN =
  /\bAUTH|or password |SETUSER |CONFIG SET |\bLOGIN|credential|\bPASS |\b334 |(?:auth|login|basic|connect|construct|connection|bind|bind_s|open|pdo|mysqli|sign|verify|hmac|sequelize|authentication|start|password)\(|\bconn(?:ect)?\s|[ =]%[sv]/i;

const REDIS =
  /\b(?:HELLO [23] AUTH|ACL SETUSER|CONFIG SET (?:requirepass|masterauth|tls-key-file-pass)|MIGRATE \S{1,256} \d{1,5} \S{1,512} \d{1,4} \d{1,9}(?: COPY| REPLACE){0,2} AUTH2?|SENTINEL SET \S{1,128} auth-pass)\b[^\n"'`]{1,4096}/gi;

/** A text, an object of PHP, or a variable. */
const ARGUMENT = `(?:"[^"\n]{0,256}"|'[^'\n]{0,256}'|\\{[^{}\n]{0,256}\\}|[$&\\w()]{1,64})`;
const BEHIND_ONE = `${ARGUMENT}, ?(?:Some\\()?`;

/** Commands of protocols that log in, by what stands before the secret. Group 1 is kept, group 2 is the secret. */
const LOGINS: readonly RegExp[] = [
  // A command as clients of Redis hold it: { name: 'auth', args: [ 'user', 'x' ] }
  /(\b(?:name|command): ["']auth["'],\s{1,16}args: )(\[[^\]\n]{1,1024}\])/gi,
  // SMTP (RFC 4954) and IMAP (RFC 9051) with the first answer on the line.
  /(\bAUTH(?:ENTICATE)? (?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER|CRAM-MD5|NTLM|SCRAM-SHA-\d{1,3}(?:-PLUS)?) )([A-Za-z0-9+/]{4,4096}={0,2})(?![\w.])/g,
  // What the client answers to `VXNlcm5hbWU6` and `UGFzc3dvcmQ6` ("Username:", "Password:").
  /(\b334 (?:VXNlcm5hbWU6|UGFzc3dvcmQ6)\r?\n(?:C: |> )?)([A-Za-z0-9+/]{2,4096}={0,2})(?=\r?$| \()/gm,
  /(\b[A-Za-z]{0,4}\d{1,6} LOGIN ["']?[\w.@+-]{1,128}["']? )("(?:[^"\\\n]|\\.){1,256}"|\S{1,256})/g,
  // The file that clients read logins from: machine h login bob password x
  /(\b(?:machine[ \t]{1,8}\S{1,128}|default)\s{1,16}login\s{1,8}\S{1,128}\s{1,16}password[ \t]{1,8})(\S{1,256})/g,
  // Arguments by their places, as calls in code and stack traces of PHP show them: the one behind the user's name.
  argumentOf(
    '\\b(?:(?:PDO|mysqli)(?:->__construct)?|mysqli?_p?connect|getConnection|ftp_login|ldap_bind|imap_open)',
    `${ARGUMENT}, ?${ARGUMENT}, ?`,
  ),
  argumentOf(
    '(?:\\bHTTP(?:Basic|Digest)Auth|NetworkCredential|Credentials\\.basic|[._>](?:set_?)?basic_?auth|simple_bind(?:_s)?|\\bset_?password|jwt\\.sign|\\b(?:auth|AuthTokens)\\.basic|(?:\\bdb|getSiblingDB\\(["\']\\w{1,64}["\']\\))\\.(?:auth|changeUserPassword)|Password(?:Credentials?|Authentication))',
    BEHIND_ONE,
  ),
  argumentOf('(?:\\bnew Sequelize|\\bCREATE_CREDENTIAL|\\bSET_AUTHENTICATION)', `${BEHIND_ONE}${BEHIND_ONE}`),
  argumentOf('\\bSMTP\\.start', BEHIND_ONE.repeat(4)),
  // Of Oracle's client.
  /(\bconn(?:ect)?[ \t]{1,4}[\w$#]{1,64}\/)([^\s@/"']{1,128})(?=@(?!v\d))/gi,
  // Redis, as its clients say which command has failed.
  /(\bcommand:? ['"]?AUTH (?:[\w.@-]{1,64} )?)("[^"\n]{1,256}"|(?![a-z]{1,16}:)[^\s"'`,]{1,256})/gi,
  // And as its MONITOR prints it.
  /("AUTH" "[^"\n]{1,128}" ")([^"\n]{1,256})(?=")/gi,
  /(\bAUTH default )([^\s"'`,]{4,256})/g,
  /(\bACL SETUSER [^\n"]{1,200}[><])("[^"\n]{1,256}")/gi,
  // What a format takes: Sprintf("Bearer %s", "x")
  /(["'`](?:Bearer|Basic|Token|ApiKey|token token=) ?%[sv]["'`],\s{0,8}["'`])([^"'`\n]{6,512})(?=["'`])/gi,
  // FTP, POP3, IRC.
  /((?:\bUSER \S{1,128}\r?\n(?:C: |-{0,3}> ?)?|^[ \t]{0,8}(?:C: |-{0,3}> ?))PASS )(\S{1,256})/gm,
];

/** Calls of many kinds are called so: only what looks like a secret is one. */
const EVERYDAY_CALL = argumentOf(
  '(?:Credentials?|\\b(?:login|auth)|\\bsign|jwt\\.verify|createHmac)',
  BEHIND_ONE,
);

/** `wrong credentials bob:x`, `credentials (bob, x) rejected`, `Login with bob/x failed`, `wrong user or password (bob:x)`. */
const PAIR =
  /(\b(?:credentials?(?::(?= admin\b))?|or password|login(?: with| as)?|(?:login|auth\w{0,10}) failed(?::| for)) (?!user|e?mail|id\b|account)(?:\([\w.@+-]{1,64}(?:, ?|:)|[\w.@+-]{1,64}(?::|\/| \/ )))(?![a-z]+(?:-[a-z\d]+)+(?:[\s),;]|$))([^\s,;)"'<>/]{5,128})/gi;

const PAIR_THERE = new RegExp(PAIR, 'iy');

/** Whether the word at `at` says that a user and a password follow. */
export function opensPair(text: string, at: number): boolean {
  PAIR_THERE.lastIndex = at;
  return PAIR_THERE.test(text);
}

/** A text among the arguments of a call, behind others. Group 1 is what stands before it. */
function argumentOf(callee: string, others: string): RegExp {
  return new RegExp(`(${callee}\\(${others}["'])([^"'\\n]{1,256})(?=["'])`, 'gi');
}

/**
 * Masks what a client logs in with, in the protocols of mail, files and Redis, in other text.
 *
 * @param text attacker-controlled.
 */
export function maskLoginsInText(text: string, rules: ContentRules): string {
  if (!LOGIN.test(text)) return text;
  let masked = text;
  for (const login of LOGINS) {
    masked = masked.replace(login, (whole, before: string, secret: string) =>
      isSecret(secret, rules) && !MECHANISM.test(secret) ? before + rules.mask : whole,
    );
  }
  masked = masked.replace(REDIS, (command) => maskRedisText(command, rules));
  for (const everyday of [EVERYDAY_CALL, PAIR])
    masked = masked.replace(everyday, (whole, before: string, secret: string) =>
      isSecret(secret, rules) && looksSecret(secret) ? before + rules.mask : whole,
    );
  return masked;
}

/** A statement that sets a password: what stands between it and the literal. */
const SET_PASSWORD =
  /(\bset[ \t]{1,8}password[ \t]{1,8}(?:for[ \t]{1,8}[^=;\n]{1,200}?[ \t]{0,8}(?:=|\bto\b)|=|to\b)?[ \t]{0,8}(?:(?:old_)?password[ \t]{0,4}\([ \t]{0,4})?N?)('(?:[^'\\\n]|''|\\.){1,256}'|"(?:[^"\\\n]|""|\\.){1,256}")/gi;
/** In capitals, as statements are written: `create user bob: password too short` is a sentence. */
const NEW_USER =
  /(\b(?:CREATE|ALTER)[ \t]{1,8}(?:USER|ROLE|LOGIN)[ \t]{1,8}["'`[]?[\w@%.$-]{1,128}["'`\]]?[ \t]{1,8}(?:(?:AS|WITH|SET)[ \t]{1,8}){0,2}PASSWORD[ \t]{0,4}=?[ \t]{0,4})([^\s'"`;,()=]{1,128})(?=[\s;,)]|$)/g;
const SQL_WORD = /^(?:expire|null|default|require|history|reuse|disable|lock|unlock|never|policy)$/i;

/**
 * Masks passwords of statements that nothing else tells from a sentence: `SET PASSWORD FOR x = '…'`, `ALTER USER x PASSWORD y`.
 *
 * @param text attacker-controlled.
 */
export function maskPasswordStatements(text: string, rules: ContentRules): string {
  return text
    .replace(SET_PASSWORD, (whole, before: string, literal: string) =>
      isSecret(literal.slice(1, -1), rules) ? `${before}'${rules.mask}'` : whole,
    )
    .replace(NEW_USER, (whole, before: string, word: string) =>
      SQL_WORD.test(word) || !isSecret(word, rules) ? whole : before + rules.mask,
    );
}

/** What a server of mail lists: `250-AUTH PLAIN LOGIN`. */
const MECHANISM = /^[A-Z][A-Z0-9-]{2,15}$/;

function isSecret(value: string, rules: ContentRules): boolean {
  return !isMaskedValue(value, rules) && !isPlaceholder(value) && !isMessageWord(value);
}
