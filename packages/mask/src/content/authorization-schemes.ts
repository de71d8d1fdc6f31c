import { wordEnd } from './assignment.js';

const SCHEME_TOKEN =
  /^(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|gnap|key|bot|jwt|splunk)[ \t]{1,8}/i;
const ANY_SCHEME = /^[A-Za-z][\w-]{1,30}[ \t]{1,8}/;
const SCHEME_PARAMETERS =
  /^(?:digest|aws4-hmac-sha256|aws4-ecdsa-p256-sha256|hawk|mac|oauth|sharedkey(?:lite)?|hmac|signature|scram-sha-\d{1,3}|dpop|token(?=[ \t]{1,8}token=))[ \t]/i;

/** Whether credentials begin with a scheme that is followed by parameters (RFC 9110, 11.4): they take the line. */
export function takesParameters(credentials: string): boolean {
  return SCHEME_PARAMETERS.test(credentials);
}

/** How much of the credentials is their scheme and the blanks behind it; 0 without one. In a header, any word is a scheme. */
export function schemeLength(credentials: string, isHeader: boolean): number {
  return (isHeader ? ANY_SCHEME : SCHEME_TOKEN).exec(credentials)?.[0].length ?? 0;
}

/** `Bearer abc` after `Authorization:`: what stands behind the scheme that a word is; '' when it is none. */
export function credentialsBehind(text: string, from: number, word: string): string {
  const start = text.indexOf(word, from);
  const scheme = /^(?:bearer|basic|digest|token)[ \t]{1,8}/i.exec(text.slice(start, start + 16));
  if (scheme === null) return '';
  const at = start + scheme[0].length;
  return text.slice(at, wordEnd(text, at));
}
