import type { NamePlace } from './content-rules.js';
import { nameEnds, nameWords } from './name-words.js';
import {
  aboutWords,
  codeOwners,
  credentialWords,
  harmlessOwners,
  harmlessWords,
  keyOwners,
  lastSecretWords,
  lookupWords,
  plainTokenWords,
  questionWords,
  secretWords,
} from './secret-words.js';
import { unspacedNames } from './unspaced-names.js';

/** Names beyond this length are judged by substring alone, without the keep list. In UTF-16 units. */
export const SEGMENTED_LENGTH = 256;
/** The name or the ARN of one in requests to AWS Secrets Manager; `secret_id` is a secret in Vault. */
export const AWS_SECRET = 'SecretId';

const substrings =
  /pass|key|secret|credential|signature|authorization|token|cookie|csrf|xsrf|sessid|sessionid|jwt|bearer/i;
const spacedCandidates =
  /__|db.(?:postgresql|mysql).values$|community|answer|dockerc|identification|laravel|ccv|phrase|identity\.app|bindpw|rootpw|psk|otlp|honeycomb|pass|p[s_]*w|key|secret|cred|bundle_|login|signature|auth|token|tok|cookie|sid|sess|jw[tse]|bearer|otp|pin|pan|cv[vcn]|csc|puk|card_?verif|ssn|code|card|cc[^a-z]?n|social|sig|srf|mnemonic|xprv|seed|dek|kek|assertion|saml|verifier|contrase|parola|senha|heslo|has[lł]o|wort|woord|l[öo]senord|adgangsk|salasana|[sş]ifre|mdp|mot_?de_?pa|primary.?acc|парол|jelsz/i;
const candidates = new RegExp(`${spacedCandidates.source}|${unspacedNames}`, 'i');

/** In scripts without spaces, the last word of a name. */
const unspacedEnd = new RegExp(`(?:${unspacedNames})$`);

/** Names whose meaning the conventions fix, and that the word rules would misjudge. Lower case. */
const conventionNames: ReadonlySet<string> = new Set([
  'aws.s3.key',
  'feature_flag.key',
  'gen_ai.token.type',
  'messaging.kafka.message.key',
  'messaging.rocketmq.message.keys',
  'aws.secretsmanager.secret.arn',
  'k8s.secret.name',
  'k8s.secret.uid',
  'imagepullsecrets',
  'imagepullsecret',
  'sec-websocket-key',
  'sec-websocket-accept',
  // A digest that everybody may know, which `kubeadm` is given.
  'discovery-token-ca-cert-hash',
  'discovery-token-ca-cert-hash sha256',
  // The vendor.
  'auth0',
  // Of an element of HTML.
  'data-key',
  // Features of a page (Permissions Policy).
  'publickey-credentials-get',
  'publickey-credentials-create',
  // Options that name secrets, of clients of clouds and of GnuPG.
  'set-secrets',
  'update-secrets',
  'export-secret-keys',
  'export-secret-subkeys',
]);

/** Attribute keys whose last segment is a name of its own: headers, metadata, environment variables, annotations. */
const templates =
  /^(?:http\.(?:request|response)\.header|rpc\.(?:[a-z_]+\.)?(?:request|response)\.metadata|process\.environment_variable|k8s\.[a-z]+\.(?:annotation|label)s?|db\.(?:query|operation)\.parameter|aws\.[a-z0-9]+\.tag)\.(.+)$/i;

/**
 * The rule of the default policy that holds a name for a secret's, or undefined: ten stems (`pass`, `key`, `secret` …) and
 * names of secrets that hold none of them, with a keep list of harmless words. Works on the words of the name, so that
 * `apiKey`, `api_key` and `API-KEY` are one and `monkey`, `primary_key` and `keyboard` survive.
 *
 * @param name attacker-controlled, any length.
 */
export function secretNameRule(name: string, place: NamePlace): string | undefined {
  if (name.length > SEGMENTED_LENGTH) return substrings.test(name) ? 'long-name' : undefined;
  if (!candidates.test(name)) return undefined;
  if (name === AWS_SECRET) return undefined;
  const judged = namedPart(name);
  const lower = judged.toLowerCase();
  if (conventionNames.has(lower.startsWith('--') ? lower.slice(2) : lower)) return undefined;
  const exact = exactNameRule(lower, place);
  if (exact !== undefined) return exact;
  if (unspacedEnd.test(lower)) return 'password';
  const words = nameWords(ODD_CASE.test(judged) ? lower : judged);
  return endRule(words) ?? wordRule(words);
}

/** The name that an attribute key holds: of a header, a variable of the environment … */
export function namedPart(name: string): string {
  return templates.exec(name)?.[1] ?? name;
}

/** `PaSsWoRd`: capitals that begin no words. */
const ODD_CASE = /(?:[a-z][A-Z]){3}/;

const queryNames: ReadonlySet<string> = new Set(['key', 'code', 'state_token', 'assertion', 'samlart']);
/** Ends of names, their words joined: a name of their own that no word gives away. */
const namedEnds: ReadonlyMap<string, string> = new Map([
  ['connect_sid', 'session-cookie'],
  ['laravel_session', 'session-cookie'],
  ['ci_session', 'session-cookie'],
  ['rack_session', 'session-cookie'],
  ['net_session_id', 'session-cookie'],
  ['aiohttp_session', 'session-cookie'],
  ['identity_application', 'session-cookie'],
  ['honeycomb_team', 'token'],
  ['client_assertion', 'assertion'],
  ['saml_assertion', 'assertion'],
  ['saml_response', 'assertion'],
  ['samlresponse', 'assertion'],
  ['code_verifier', 'verifier'],
  ['docker_auth_config', 'credential'],
  ['azure_storage_key', 'key'],
  ['default_primary_key', 'key'],
  ['default_secondary_key', 'key'],
  ['replica_set_key', 'key'],
  ['root_token_id', 'token'],
  ['snmp_community', 'password'],
  ['community_string', 'password'],
  ['community_strings', 'password'],
  ['enable_secret', 'secret'],
  ['card_verification_value', 'card'],
  ['card_verification_number', 'card'],
  ['security_answer', 'password'],
  ['personal_identification_number', 'pin'],
  // What was bound to a statement: its literals.
  ['db_postgresql_values', 'bound-value'],
  ['db_mysql_values', 'bound-value'],
  ['sonar_login', 'token'],
  // As an option of a virtual machine.
  ['dsonar_login', 'token'],
]);

/** Headers of an exporter of telemetry, which authenticate it with the one that takes it. */
const EXPORTER_HEADERS = /^otel_exporter_otlp_(?:(?:traces|metrics|logs)_)?headers$/;
/** Prefixes that browsers know nothing but cookies by (RFC 6265bis, 4.1.3). */
const COOKIE_PREFIX = /^__(?:host|secure)-./;
/** Credentials of gem sources: Bundler's name for a host (`BUNDLE_GEMS__EXAMPLE__COM`). */
const BUNDLER = /^bundle_[a-z0-9_]{1,100}__[a-z]{2,10}$/;

function exactNameRule(lower: string, place: NamePlace): string | undefined {
  if (place === 'query' && queryNames.has(lower)) return lower;
  if (EXPORTER_HEADERS.test(lower)) return 'credential';
  if (COOKIE_PREFIX.test(lower)) return 'cookie';
  return BUNDLER.test(lower) ? 'credential' : undefined;
}

function endRule(words: readonly string[]): string | undefined {
  const end = nameEnds(words).find((each) => namedEnds.has(each));
  return end === undefined ? undefined : namedEnds.get(end);
}

function wordRule(words: readonly string[]): string | undefined {
  if (questionWords.has(words[0] ?? '') && words.length > 1) return undefined;
  // The last secret word decides: what follows it says whether the value is the secret or tells about it.
  for (let index = words.length - 1; index >= 0; index -= 1) {
    const rule = ruleOfWord(words, index);
    if (rule === undefined) continue;
    return isAboutSecret(words, index) ? undefined : rule;
  }
  return undefined;
}

function isAboutSecret(words: readonly string[], index: number): boolean {
  for (let after = index + 1; after < words.length; after += 1) {
    const word = words[after] ?? '';
    if (aboutWords.has(word) && !isSecretItself(words[after - 1] ?? '', word)) return true;
    // `expires_at`, `key_id`: but an access key id is half of a credential, and `secret_id` is one in Vault.
    if ((word === 'at' || word === 'by' || word === 'for') && after === words.length - 1) return true;
    if (word === 'id' || word === 'ids') return !isCredentialId(words, index);
  }
  return false;
}

/** A digest of a password is one that can be guessed, and Rails reads what was typed for a second factor as `otp_attempt`. */
function isSecretItself(secret: string, word: string): boolean {
  return word.startsWith('digest') ? /^(?:pass|pwd)/.test(secret) : word === 'attempt' && secret === 'otp';
}

function isCredentialId(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  return word === 'secret' || word === 'accesskey' || (word === 'key' && words[index - 1] === 'access');
}

function ruleOfWord(words: readonly string[], index: number): string | undefined {
  const word = (words[index] ?? '').replace(/(?<=[a-z])\d{1,4}$/, '');
  if (harmlessWords.has(word) || FILE_OF_SECRET.test(word)) return undefined;
  // Of a chart: the name of an object that holds it.
  if (word === 'secret' && words[index - 1] === 'existing') return undefined;
  const named = secretWords.get(word) ?? secretWords.get(words[index] ?? '');
  if (named !== undefined) return named;
  const before = words[index - 1] ?? '';
  const last = index === words.length - 1;
  if (last) {
    const rule = lastSecretWords.get(word) ?? runTogetherRule(word);
    if (rule !== undefined) return harmlessOwners.has(before) || isOtherPan(word, words) ? undefined : rule;
  }
  return (
    keyRule(words, index, word) ??
    tokenRule(word, words, index) ??
    stemRule(word, words, index) ??
    numberRule(word, words, index)
  );
}

/** `PGPASSFILE`, `keyfile`. */
const FILE_OF_SECRET =
  /^\w{0,24}(?:pass|passwd|password|pwd|key|secret|token|cred|credentials?)(?:file|path)s?$/;

/** Names that are written as one word: `securitycode`, `userpwd`, `cardpin`. */
function runTogetherRule(word: string): string | undefined {
  if (RUN_TOGETHER_CODE.test(word)) return 'one-time-password';
  if (word.includes('pwd')) return 'password';
  if (/^(?:user|card|atm|login|sim|bank)pin$/.test(word)) return 'pin';
  if (/^(?:session|auth|login|remember|user|http|set)cookies?$/.test(word)) return 'cookie';
  if (/^(?:sms|email|login|user)otp$|^otp(?:code|token|value)$/.test(word)) return 'one-time-password';
  return /^(?:user|social)?(?:ssn|socialsecurity)(?:number|num|no)?$/.test(word) ? 'national-id' : undefined;
}

const RUN_TOGETHER_CODE =
  /^(?:card)?(?:security|verification|verify|auth|authorization|authentication|access|sms|otp|totp|mfa|2fa|onetime|confirmation|activation|invite|invitation|recovery|backup|unlock|pairing|login|reset)codes?$/;

/** `pan` is a card's number by itself and after `card` or `primary`; elsewhere it is a movement, or a pan. */
function isOtherPan(word: string, words: readonly string[]): boolean {
  const before = words[words.length - 2] ?? '';
  return word === 'pan' && words.length > 1 && before !== 'card' && before !== 'primary';
}

function keyRule(words: readonly string[], index: number, word: string): string | undefined {
  if (!word.includes('key')) return undefined;
  const before = words[index - 1] ?? '';
  if (word === 'key' || word === 'keys') {
    const after = words[index + 1];
    // A bare `key` is the key of a map far more often than a credential.
    if (index === 0) return after === 'material' || after === 'secret' ? 'key' : undefined;
    if (keyOwners.has(before)) return before === 'public' ? undefined : 'key';
    if (lookupWords.has(before)) return undefined;
    if (after !== undefined) return undefined;
    return /^[a-z]?$/.test(before) || /^\d+$/.test(before) ? undefined : 'key';
  }
  // Words run together: `apikey`, `mysecretkey`, `keymaterial`.
  const owner = /^(.+?)keys?(?:id)?$/.exec(word)?.[1];
  if (
    owner !== undefined &&
    (lookupWords.has(owner) || /(?:mon|don|tur|hoc|whis|joc|public|primary|foreign)$/.test(owner))
  ) {
    return undefined;
  }
  return /^key(?:s|ed|ing|er|board|word|frame|press|down|up|stroke|note|space|code|map|bind|point|value)/.test(
    word,
  )
    ? undefined
    : 'key';
}

function tokenRule(word: string, words: readonly string[], index: number): string | undefined {
  const before = words[index - 1] ?? '';
  if (word === 'token' || word === 'tok') return isPlainToken(words, index) ? undefined : 'token';
  if (word === 'tokens')
    return credentialWords.has(before) && !words.includes('ratelimit') ? 'token' : undefined;
  if (!word.includes('token')) return undefined;
  // Words run together: `authtoken`, `csrftoken`; `tokencount` is a count.
  if (/tokens?$/.test(word))
    return word.endsWith('s') && !/(?:access|refresh|auth)tokens$/.test(word) ? undefined : 'token';
  return undefined;
}

/** A token of a text, of a list that goes on (`nextPageToken`), of a lock, or one that makes a request the same (`ClientRequestToken`). */
function isPlainToken(words: readonly string[], index: number): boolean {
  const before = words[index - 1] ?? '';
  const between = words[index - 2] ?? '';
  return (
    plainTokenWords.has(before) ||
    ((before === 'first' || before === 'output') && (between === 'to' || between === 'per')) ||
    (before === 'request' && between === 'client')
  );
}

const passStart = /^pass(?:w|phrase|code|key|c?rypt|tok|hash|salt|$)/;
const wordsWithPass =
  /^(?:passeng|passi|passab|passag|passo|passata|passer|passed|passthr|by?pass|compass|encompass|surpass|trespass|overpass|underpass|impass)/;

function stemRule(word: string, words: readonly string[], index: number): string | undefined {
  if (word.includes('pass')) return passRule(word, words, index);
  if (word.includes('secret')) return 'secret';
  if (word.includes('credential')) return 'credential';
  if (word.includes('authorization')) return 'authorization';
  if (word.includes('signature')) return signatureRule(words, index);
  return undefined;
}

function passRule(word: string, words: readonly string[], index: number): string | undefined {
  if (passStart.test(word)) {
    if (word !== 'pass') return 'pass';
    const before = words[index - 1] ?? '';
    const after = words[index + 1] ?? '';
    const counted =
      /^(?:first|second|third|next|last|multi|single|one|two|render|boarding|season|ski|day|by|low|high|band|test|tests|all|lesson|compiler|optimization|hall|webpack|build|render)$/;
    if (
      counted.test(before) ||
      /^(?:fail|through|thru|number|num|completions?|rating|yards|filter|over|band|or|and|the)$/.test(after)
    )
      return undefined;
    return 'pass';
  }
  if (word === 'passport' || word === 'passports') {
    return /^(?:number|no|num|nr|id)$/.test(words[index + 1] ?? '') ? 'national-id' : undefined;
  }
  return wordsWithPass.test(word) ? undefined : 'pass';
}

function signatureRule(words: readonly string[], index: number): string | undefined {
  const before = words[index - 1] ?? '';
  return /^(?:method|function|func|type|time|call|java|jvm|event|malware|virus|attack|query|sql|class)$/.test(
    before,
  )
    ? undefined
    : 'signature';
}

const CARD =
  /^(?:(?:credit|debit|bank|payment)?card(?:number|num|no|nr|pan)|cc(?:number|num|no|pan)|(?:credit|debit)card)$/;

/** Numbers and codes that are secrets by what they number: cards, social security, one-time codes. */
function numberRule(word: string, words: readonly string[], index: number): string | undefined {
  const before = words[index - 1] ?? '';
  const after = words[index + 1] ?? '';
  if (word === 'card' || word === 'cc') {
    if (/^(?:number|no|num|nr|pan)$/.test(after)) return 'card';
    return word === 'card' && /^(?:credit|debit|payment|bank)$/.test(before) ? 'card' : undefined;
  }
  if (CARD.test(word)) return 'card';
  if (word === 'pin' && /^(?:number|no|num|nr|code)$/.test(after) && index === words.length - 2) return 'pin';
  if (word === 'account' && before === 'primary' && /^(?:number|no|num|nr)$/.test(after)) return 'card';
  if (word === 'security' && before === 'social') return 'national-id';
  if (word === 'verifier' && /^(?:code|oauth)$/.test(before)) return 'verifier';
  if (/^codes?$/.test(word) && index === words.length - 1 && codeOwners.has(before))
    return 'one-time-password';
  if (word === 'phrase' && /^(?:pass|seed|recovery|mnemonic|secret)$/.test(before)) return 'seed';
  if (word === 'seed' && after === '' && /^(?:wallet|private|master|hd|root|crypto)$/.test(before))
    return 'seed';
  if (/^(?:pg|mysql|db|root|user|smtp|redis|ftp|sftp|mongo|ldap|admin|bind)(?:pw|pwd)$/.test(word))
    return 'password';
  return undefined;
}
