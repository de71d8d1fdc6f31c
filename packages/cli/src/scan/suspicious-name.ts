import { nameWords } from './name-words.js';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words for passwords and secrets in other languages and in spellings that word lists miss. Whatever text stands under them counts. */
const SECRET_WORDS = words(`
  senha contrasena contraseña kennwort passwort geheim geheimnis motdepasse mdp wachtwoord parola parole haslo hasło salasana
  losenord lösenord adgangskode passord sifre şifre jelszo jelszó heslo пароль секрет 密码 密碼 パスワード 비밀번호
  jelszava geslo lozinka zaporka kodeord parool slaptazodis matkhau katasandi katalaluan lykilord
  creds cred pword psswd pswrd pwrd paswd passwrd passwd secrt scrt apitok authtok authkey privkey
`);

/** Words for personal numbers and facts. */
const PERSONAL_WORDS = words(`
  cpf cnpj nif bsn nino aadhaar pesel curp ssn mrn diagnosis diagnoses ethnicity religion salary
`);

/** Words that make a value with the form of a secret suspicious. Plain words and numbers under them are not. */
const WEAK_WORDS = words(`
  auth login private priv signed signing seed salt hmac cipher encrypted ciphertext sso saml oauth webhook license licence
  voucher invite magic recovery unlock activation confirmation verification ticket bearer vault session sess grant challenge
`);

/** Under these even plain hex digits are suspicious: elsewhere they are a hash or a trace id. */
const HEX_WORDS = words('private priv signing seed salt hmac master cipher');

/** Names of what is random and public: identifiers, checksums, positions. */
const PUBLIC_WORDS = words(`
  id ids uid uuid guid arn etag digest hash checksum checksums sha sha1 sha256 md5 fingerprint cursor commit revision rev trace span
  traceparent tracestate version integrity boundary nonce ref urn sequence offset lsn xid gtid shard partition continuation resource
`);

/** An identifier of these is a credential all the same: who has it, is it. */
const CREDENTIAL_OWNERS = words('session sess access secret auth login');

/** Why a name is suspicious: what kind of word it has. */
export type NameSuspicion = 'secret' | 'personal' | 'weak' | 'hex';

/** What a name says about its value. */
export interface NameFacts {
  readonly suspicion: NameSuspicion | undefined;
  /** The value is random and public: an identifier, a checksum, a position. */
  readonly isPublic: boolean;
}

/** What the words of a name (attacker-controlled) say about its value. */
export function nameFacts(name: string): NameFacts {
  const found = nameWords(name);
  const isPublic = isPublicName(found);
  return { suspicion: suspicionOf(found, isPublic), isPublic };
}

function suspicionOf(found: readonly string[], isPublic: boolean): NameSuspicion | undefined {
  if (found.some((word) => SECRET_WORDS.has(word)) || SECRET_WORDS.has(found.join(''))) return 'secret';
  if (found.some((word) => PERSONAL_WORDS.has(word))) return 'personal';
  if (isPublic) return undefined;
  if (found.some((word) => HEX_WORDS.has(word))) return 'hex';
  return found.some((word) => WEAK_WORDS.has(word)) ? 'weak' : undefined;
}

function isPublicName(found: readonly string[]): boolean {
  const at = found.findLastIndex((word) => PUBLIC_WORDS.has(word));
  // `x-amz-id-2`: a number may follow.
  if (at < 0 || found.slice(at + 1).some((word) => !/^\d+$/.test(word))) return false;
  return !found.slice(Math.max(0, at - 1), at).some((word) => CREDENTIAL_OWNERS.has(word));
}
