import { wordSet } from '../words-and-plurals.js';

/** In which state a secret is, or what became of it. */
const STATES: ReadonlySet<string> = wordSet(`
  valid invalid expired missing ok failed success succeeded revoked required optional present absent unset verified enabled disabled
  latest inherit rotated refreshed accepted rejected declined denied wrong incorrect
  sent unchanged never
`);
/** What an authorization came to, and ways to authenticate that no credentials follow: behind `bearer` and `oauth` they do. */
const DECISIONS: ReadonlySet<string> = wordSet(`
  allow allowed granted approved permitted deny denied forbidden unauthorized
  none noauth no-auth inherit oidc saml sso iam mtls ldap
`);
const LONGEST = 12;

/** Whether a value says in which state a secret is: `expired`. */
export function isState(value: string): boolean {
  return value.length <= LONGEST && STATES.has(value);
}

/** Whether a value under a name that a rule hit says in which state it is, or what was decided: `authorization: allow`. */
export function tellsState(rule: string, value: string): boolean {
  if (value.length > LONGEST) return false;
  return STATES.has(value) || (rule.endsWith(':authorization') && DECISIONS.has(value));
}

/** Of a country, a currency, an airport, a language; of an error or of a status of HTTP. */
const PLAIN_CODE =
  /^(?:[A-Z]{2,3}|[a-z]{2}-[A-Z]{2}|E[A-Z]{4,15}|[a-z]{2,16}(?:_[a-z]{2,16}){1,4}|[1-5]\d\d)$/;

/** Whether a value under `code` is one that is no secret. */
export function isPlainCode(value: string): boolean {
  return value.length <= 64 && PLAIN_CODE.test(value);
}
