import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { CapabilityPath } from './capability-path.js';
import { isMaskedValue } from './masked-value.js';

/** Route words, in lower case without separators, that a one-time token follows in a path. */
export const LINK_WORDS: ReadonlySet<string> = new Set(
  (
    'reset resets passwordreset resetpassword pwreset forgot forgotpassword recover recovery accountrecovery password passwords ' +
    'passwd newpassword setpassword setup verify verification verifications verifyemail emailverification emailverify verifytoken ' +
    'confirm confirmation confirmations confirmemail confirmaccount activate activation activations activateaccount ' +
    'invite invites invitation invitations acceptinvite join token tokens accesstoken resettoken magic magiclink magiclinks ' +
    'magiclogin loginlink signinlink onetime onetimelink onetimepassword otp unsubscribe optout secret secrets apikey apikeys ' +
    'sharelink sharedlink jwt ticket tickets webhooks'
  ).split(' '),
);

/** Words after which identifiers are usual too: only what looks random is masked. */
const LOOSE_WORDS: ReadonlySet<string> = new Set([
  'setup',
  'join',
  'ticket',
  'tickets',
  'secrets',
  'passwords',
  'webhooks',
]);

const ROUTE_WORD =
  /^(?:[a-z]{1,20}(?:[-_.][a-z]{1,20}){0,5}|[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){0,4}|[A-Z]{1,12})$/;
const OPENS_WORD = /^[-_.a-zA-Z].{2,39}$/;
const SHORT_NUMBER = /^(?:v?\d{1,3}|v\d{1,2}(?:\.\d{1,3}){1,2}|v\d(?:alpha|beta)\d{1,2})$/;
const PLACEHOLDER = /^(?:[:*$][\w*]*|\{.*\}|<.*>|\[.*\]|\(.*\))$/;
const FILE_NAME =
  /^[\w.-]{1,80}\.(?:[cm]?[jt]sx?|map|css|html?|json|xml|txt|md|png|jpe?g|gif|svg|ico|webp|php|aspx?|jsp|py|rb|go|rs|java)(?::\d{1,9}){0,2}$/;

/** Follows a path segment by segment and says which ones are the secret part of a one-time link. */
export class OneTimeLink {
  readonly #rules: ContentRules;
  readonly #wordsOnly: boolean;
  readonly #keys = new CapabilityPath();
  #strict = 0;
  #loose = 0;

  /** @param wordsOnly the built-in route words count, the key rules do not. */
  constructor(rules: ContentRules, wordsOnly = false) {
    this.#rules = rules;
    this.#wordsOnly = wordsOnly;
  }

  /**
   * The replacement of the segment that comes next in the path, or undefined.
   *
   * @param segment decoded, attacker-controlled.
   */
  next(segment: string): string | undefined {
    const word =
      segment.length > 2 && OPENS_WORD.test(segment) ? segment.toLowerCase().replaceAll(/[-_.]/g, '') : '';
    const hit = this.#keys.next(segment) ? this.#rules.mask : this.#hit(segment);
    if (hit !== undefined) {
      this.#strict = 0;
      this.#loose = 0;
      return hit;
    }
    const opens = word !== '' && LINK_WORDS.has(word);
    if (opens && !LOOSE_WORDS.has(word)) this.#strict = 1;
    else this.#strict = 0;
    if (opens || (segment.length > 1 && this.#names(segment))) this.#loose = 2;
    else this.#loose -= 1;
    return undefined;
  }

  #hit(segment: string): string | undefined {
    if (this.#loose <= 0 || isMaskedValue(segment, this.#rules) || isPlainSegment(segment)) return undefined;
    return this.#strict > 0 || looksSecret(segment) ? this.#rules.mask : undefined;
  }

  #names(segment: string): boolean {
    if (this.#wordsOnly) return false;
    return (
      /^[A-Za-z][\w.-]{1,39}$/.test(segment) &&
      this.#rules.maskForName(segment, 'assignment', '') !== undefined
    );
  }
}

const SLASH = 0x2f;
const LONGEST_LINK_WORD = 32;

/** Whether a path ends with a route word of links whose token a query can hold: `/verify-email?t=…`. */
export function opensLink(path: string): boolean {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === SLASH) end -= 1;
  const word = path.slice(path.lastIndexOf('/', end - 1) + 1, end);
  if (word.length > LONGEST_LINK_WORD || !/^[A-Za-z]/.test(word)) return false;
  return isLinkWord(word.toLowerCase().replaceAll(/[-_.]/g, ''));
}

function isLinkWord(word: string): boolean {
  return LINK_WORDS.has(word) && !LOOSE_WORDS.has(word);
}

/** A word of a route, a version, a small number, a placeholder of a template or a file name. */
export function isPlainSegment(segment: string): boolean {
  if (segment.length > 128) return false;
  if (ROUTE_WORD.test(segment) || SHORT_NUMBER.test(segment)) return true;
  return PLACEHOLDER.test(segment) || FILE_NAME.test(segment);
}
