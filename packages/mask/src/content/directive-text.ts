import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { isMessageWord } from './prose.js';

/** One of these is in every text in which something is found. */
export const DIRECTIVE_WORDS: readonly string[] = [
  'requirepass',
  'masterauth',
  'primaryauth',
  'auth-pass',
  'user ',
  'stats auth ',
  'xauth',
  ': eap "',
  'wifi:',
  'private-lines:',
  ':5432',
  ':*:',
  ']:',
  '{sha',
  '{ssha',
  'password 0 ',
  'secret 0 ',
  'key 0 ',
  'key-string 0 ',
  'ascii 0 ',
  'hex 0 ',
  'community ',
  'chpasswd',
];
/** Whether a text may hold one of the directives. */
const SIGNS =
  /requirepass|masterauth|primaryauth|auth-pass|^[ \t]{0,16}user \S{1,64} (?:on|off) |stats auth |XAUTH|: EAP "|WIFI:|private-lines:|:(?:5432|\*):|\]:(?:25|465|587)\s|\{S?SHA\d{0,3}\}|(?:password|secret|key|key-string|ascii|hex) \d |community |chpasswd/im;

/** Lines of configuration, by what stands before the secret. Group 1 is kept, group 2 is the secret. */
const DIRECTIVES: readonly RegExp[] = [
  // Redis and its sentinel.
  /^([ \t]{0,16}(?:requirepass|masterauth|primaryauth|sentinel auth-pass \S{1,128})[ \t]{1,8}["']?)([^\s"']{1,512})/gim,
  // Routers: username bob privilege 15 password 0 x, enable secret 5 x.
  /(\b(?:password|secret|key|key-string|psk (?:ascii|hex)) [05789] )([^\s"',;:]{3,256})(?=\s{0,8}(?:$|[\r\n]))/gim,
  /^([ \t]{0,16}snmp-server community )(\S{3,128})(?= R[OW]\b)/gim,
  // HAProxy, and racoon or libreswan.
  /^([ \t]{0,16}stats auth [^\s:]{1,128}:)(\S{1,256})/gim,
  /^([^\n"]{0,256}: (?:XAUTH|EAP) ")([^"\n]{1,256})/gm,
  // A code that a camera reads to join a network: WIFI:T:WPA;S:home;P:x;;
  /(\bWIFI:(?:[THSEAI]{1,2}:(?:[^;\\\n]|\\.){0,128};){0,6}P:)((?:[^;\\\n]|\\.){1,128})/g,
  // What clients of PostgreSQL read passwords from: host:port:database:user:x
  /^((?:[\w.*-]{1,256}):(?:5432|5433|6432|\*):[A-Za-z_*][^\s:]{0,127}:[^\s:]{1,128}:)(\S{1,256})$/gm,
  // Of Postfix: [host]:port user:x
  /^(\[[\w.-]{1,256}\]:(?:25|465|587)\s{1,16}[^\s:]{1,128}:)(\S{1,256})$/gm,
  // Hashes of passwords as web servers and directories keep them.
  /((?<![\w}.@-])[\w.@-]{1,128}:\{S?SHA\d{0,3}\})([A-Za-z0-9+/]{20,256}={0,2})/g,
  // Of a key of PuTTY.
  /(\bPrivate-Lines: \d{1,4}\r?\n)([A-Za-z0-9+/=]{1,80}(?:\r?\n[A-Za-z0-9+/=]{1,80}(?=\r?\n|$)){0,64})/g,
];
/** Of an ACL of Redis: user bob on >x ~* +@all. */
const ACL = /^[ \t]{0,16}user \S{1,64} (?:on|off) [^\n]{0,2048}/gim;
const ACL_PASSWORD = /([ \t][<>#!])(\S{1,256})/g;
/** Of cloud-init: the lines below `list:` are user:x. */
const CHPASSWD = /\bchpasswd:[ \t]{0,8}\r?\n(?:[ \t]{1,16}[^\n]{0,256}\n){0,64}/g;
const USER_AND_PASSWORD = /^([ \t]{1,16}(?:- )?[a-z_][\w.-]{0,63}:)([^\s:]{3,256})$/gim;

/**
 * Masks the secrets of directives and lines of configuration that no operator parts from their names.
 *
 * @param text attacker-controlled.
 */
export function maskDirectives(text: string, rules: ContentRules): string {
  if (!SIGNS.test(text)) return text;
  const put = (whole: string, before: string, secret: string): string =>
    isSecret(secret, rules) ? before + rules.mask : whole;
  let masked = text;
  for (const directive of DIRECTIVES) masked = masked.replace(directive, put);
  masked = masked.replace(ACL, (line) => line.replace(ACL_PASSWORD, put));
  return masked.replace(CHPASSWD, (block) => block.replace(USER_AND_PASSWORD, put));
}

function isSecret(value: string, rules: ContentRules): boolean {
  return !isMaskedValue(value, rules) && !isPlaceholder(value) && !isMessageWord(value);
}
