import { holdsWords, looksRandom, looksSecret } from './detectors/secret-shape.js';
import { nameEnds, nameWords } from './name-words.js';
import type { TriggerWord } from './scan/trigger-word.js';
import { isNameWord } from './scan/word-edges.js';
import { AWS_SECRET, SEGMENTED_LENGTH } from './secret-names.js';
import { TRAIT_NAME } from './text-traits.js';

// Names that are as often of something else: the value decides.

/** Ends of names, their words joined; in front of them others may stand. */
const ENDS: ReadonlySet<string> = words(`
  sid salt pepper sign sig hmac pat crumb dpop zak macaroon authentication hmac_sha1 hmac_sha256 signed_request art_api protection_bypass
  auth_header auth_headers auth_string auth_data auth_value stream_key streaming_key streamkey sessionid user_code enrollment_code
  oob_code two_factor oidc_data assertion account_json account_json_base64
  plaintext base32 pfx pkcs12 p12 ikm psk_hex seed_hex seed_b64 seed_base64 routing_key keys_b64 keys_base64 keys_hex key_share key_shares
  kubeconfig kube_config kubeconfig_b64 kubeconfig_base64 kube_config_b64 kube_config_base64
`);
const SHORTEST = 10;
/** A file with keys, in base64. */
const LONGEST = 16_384;
/** Ids of Windows, whose parts are numbers, and references. */
const NO_SECRET = /^(?:S-1-\d|CVE-\d|arn:|https?:|[./~])/i;
/** No escapes, and nothing that was masked. */
const OPAQUE = /^[\w+/=.~:-]+$/;
const HEX = /^[0-9a-f]{16,128}$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a name may be that of a secret: `password_salt`, `x-signature-hmac`. @param name attacker-controlled. */
export function isDoubtfulName(name: string): boolean {
  if (name === AWS_SECRET) return true;
  return name.length <= SEGMENTED_LENGTH && CANDIDATES.test(name) && endsIn(name, ENDS);
}

/** Whether a value under such a name is a secret: opaque, and no number or word. */
export function isOpaque(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST || !OPAQUE.test(value) || NO_SECRET.test(value))
    return false;
  return HEX.test(value) ? /[a-f]/i.test(value) : UUID.test(value) || (looksSecret(value) && !isWord(value));
}

/** `VisualEditor0`, `Release2Candidate`. */
function isWord(value: string): boolean {
  return holdsWords(value) || /^[A-Za-z]{1,24}\d{1,4}$/.test(value);
}

/** What looks up a row everywhere else: in Azure, a base64 key. */
const LOOKUPS: ReadonlySet<string> = new Set(['primary_key', 'secondary_key']);
const BASE64_KEY = /^[A-Za-z0-9+/]{42,86}={1,2}$/;

export function isLookupKeyName(name: string): boolean {
  return name.length <= SEGMENTED_LENGTH && /key/i.test(name) && endsIn(name, LOOKUPS);
}

export function isKeyMaterial(value: string): boolean {
  return BASE64_KEY.test(value) && looksRandom(value.replace(/=+$/, ''));
}

function endsIn(name: string, ends: ReadonlySet<string>): boolean {
  return nameEnds(nameWords(name)).some((end) => ends.has(end));
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

const CANDIDATES =
  /s[ai]|pepper|hmac|pat|crumb|dpop|zak|macaroon|auth|request|api|bypass|key|code|session|factor|json|oidc|assertion|plaintext|base32|pfx|p12|pkcs12|ikm|psk|seed|kube/i;

/** Words of such names; those that hold another word of a secret have one already. */
export const DOUBTFUL_NAME_TRIGGERS: readonly TriggerWord[] = [
  ...'salt pepper sign sig hmac pat crumb dpop zak macaroon authentication bypass'.split(' '),
  ...[
    'signed_request',
    'signed-request',
    'art-api',
    'art_api',
    'hmacsha',
    'two_factor',
    'two-factor',
    'twofactor',
  ],
  ...[
    'account_json',
    'account-json',
    'accountjson',
    'plaintext',
    'base32',
    'pfx',
    'pkcs12',
    'p12',
    'ikm',
    'psk_hex',
    'pskhex',
    'kubeconfig',
  ],
  ...['kube_config', 'kube-config', 'seed_hex', 'seedhex', 'seed_b64', 'seed_base64', 'seedbase64'],
].map((word) => ({ word, traits: TRAIT_NAME, place: 'word' as const, check: isNameWord }));
