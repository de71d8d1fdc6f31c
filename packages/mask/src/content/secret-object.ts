import { TRAIT_SECRET_OBJECT } from '../text-traits.js';

const KIND = /"kind\\{0,7}"\s{0,8}:\s{0,8}\\{0,7}"Secret(?:List)?\\{0,7}"/;
/** What only a private key has (RFC 7518, 6.2.2, 6.3.2, 6.4). */
const PRIVATE_MEMBERS: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']);
const KEY_MATERIAL = /^[\w-]{16,4096}$/;
// Without its quotes, which can be escaped, and would be looked for at every other place.
const KEY_TYPE = 'kty';

/**
 * The name of a secret that a member stands for, by what the whole is; otherwise the member's own name.
 *
 * @param value `{}` of an object.
 */
export type NamesMembers = (member: string, value: string) => string;

/**
 * How a JSON text names what in it is secret: of an object of Kubernetes (`"kind":"Secret"`), or a JSON Web Key; undefined of others.
 *
 * @param traits `TRAIT_…` bits of the text.
 */
export function secretObject(text: string, traits: number): NamesMembers | undefined {
  if ((traits & TRAIT_SECRET_OBJECT) === 0) return undefined;
  // To look for one word costs a tenth of what the pattern costs.
  if (text.includes('Secret') && KIND.test(text)) return dataOfSecret;
  return text.includes(KEY_TYPE) ? privateMember : undefined;
}

function dataOfSecret(member: string, value: string): string {
  return value === '{}' && (member === 'data' || member === 'stringData') ? 'secret' : member;
}

/** `private_key` for a member that only a private key has, of a JSON Web Key. */
export function privateMember(member: string, value: string): string {
  return PRIVATE_MEMBERS.has(member) && KEY_MATERIAL.test(value) ? 'private_key' : member;
}
