import { unspacedNames } from './unspaced-names.js';

// Word lists of the default name rules, in lower case. Sources: the names that semantic conventions, cloud SDKs and web
// frameworks use, and English words that hold a secret-looking part.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * The keep list, part one. Words that hold `pass`, `key`, `secret`, `credential` or `signature` and name nothing secret, beside those
 * that the rules on each of these stems tell by their form (`passenger`, `keyboard`, `monkey`, `tokenizer`).
 */
export const harmlessWords: ReadonlySet<string> = words(`
  passes passband keypad keyhole keyless keylog keycap keycloak keyof keylight keyring keyrings keychain keyvault
  keyname keynames keyid keyids keytype keycount keylength keyprefix mickey lackey keyalg keyalias turnkey keytable
  multikey subkey subkeys secretary secretaries secretariat secretsmanager secretmanager secretion secrete secretive
  credentialed credentialing lowpass highpass bandpass allpass passfail passlog passlogfile smokey signatures
  passwordless
`);

/**
 * The keep list, part two. After a secret's name these words say that the value is about the secret: `token_type`,
 * `secret_arn`, `password_policy`.
 */
export const aboutWords: ReadonlySet<string> = words(`
  name names alias aliases arn arns count counts counter length len size sizes version versions versioning type types kind kinds
  algorithm algorithms alg provider providers method methods result results status state policy policies enabled disabled
  required requires valid invalid validity verified verification expired expiry expires expiration expire ttl age duration
  time timestamp timeout date datetime day days hour hours minute minutes second seconds ms millis year month rate rates
  limit limits ratio score strength purpose scheme schema format formats encoding endpoint endpoints url urls uri uris host
  hostname path paths file filename files filepath dir directory folder prefix index indexes position exists present missing
  available set unset changed updated created rotated rotation reset resets attempt attempts failure failures failed
  error errors exception exceptions retry retries usage used uses unused remaining scope scopes issuer audience owner source location level mode
  class category label labels description title field fields column columns param params parameter parameters header headers
  max min maximum minimum total totals quota capacity bucket buckets cost costs price budget per window interval percent
  accepted declined allowed denied supported consent banner variant notice preference preferences preferred domain domains samesite secure httponly jar
  reason event events action actions operation operations manager service services client server handler helper factory
  filter filters interceptor middleware guard encoder decoder controller repository listener adapter scanning
  store storage cache caches pool queue topic table tables view strategy flow response request requests validator
  generator parser context contexts loader resolver rule rules check checks checker checked entropy complexity
  hit hits miss misses latency bytes input output prompt completion cached reasoning details detail estimate estimated
  variable variables fingerprint fingerprints thumbprint digest symbol decimals holder holders contract region namespace group groups node nodes uid locale language lang ref refs reference
  flag flags lifetime lifetimes backend engine engines detected registered channel channels permission permissions protection brand page button
  model supply balance standard offset probability prob progress spec specs reuse prevention risk template templates expression metadata unit units
  validators hasher hashers origins partitioned identifier username address addresses public color colors customizations use
  role roles tenant tenants generation grant grants validation tier plan environment site priority decision effect outcome resource resources
  kid iss exp iat nbf aud sub typ cty jti
`);

/** The keep list, part three. Before `key` these words name what is looked up, not what unlocks. */
export const lookupWords: ReadonlySet<string> = words(`
  validator primary foreign partition partitioning sort sorting sorted range hash shard sharding cache caching routing object
  idempotency idempotent public pub feature flag i18n l10n query message messages ordering group grouping row index
  unique schema sequence add entry publishable num jsx composite compound candidate natural surrogate lookup map mapping
  dict dictionary registry translation locale metric metrics label labels tag tags column order join record records
  entity item business event events dedup deduplication deduplicate correlation bucket s3 blob minio hot arrow up down
  left right shortcut widget component react list element elem field attribute attributes attr property properties prop
  config configuration setting settings param parameter option options header context state store redis memcached
  memcache valkey dynamo dynamodb kafka rocketmq rabbitmq amqp sqs pubsub jira issue project board story epic ticket
  task job queue topic stream document doc file path directory folder upload resource binding route segment node edge
  graph tree parent child root leaf section category enum enumeration country language lang region text string i18next
  intl locking lock mutex rate limit limiter throttle throttling bucketing aggregation aggregate time date timestamp
  first last next previous prev start end min max current old new evaluated exclusive original normalized normalised
  template theme color style css search filter facet distinct secondary clustering cluster distribution dist websocket
  ref esc escape enter tab shift ctrl control alt meta modifier pressed keyboard invalid missing unknown duplicate
  duplicated reserved expected required default error kind type dedupe deduped latch stack layout screen view page slot
  fragment bundle module collection collections counter counters trie btree hashmap set zset member bucketed storage
  request prompt consul etcd kv trigger sample aerospike definition experiment answer total extra merge json yaml
  workflow menu space revalidate upstream thread restore restored output unprocessed replica has legend stage by variant
  variation semaphore mutation swr navigation action annotation match axis trace song music audio piano title
  description evicted expired hit allowed changed deleted body payload params headers instance topology
`);

/** Before a plural `tokens` or a number these words make it a credential; without them it is a count. */
export const credentialWords: ReadonlySet<string> = words(`
  access refresh auth oauth oauth2 api session bearer id csrf xsrf personal security secret private client service
  registration device push webhook recovery reset
`);

/** Before `token` these words make it a piece of text, a place in a list, or a lock. */
export const plainTokenWords: ReadonlySet<string> = words(`
  public next page pagination continuation continue sync delta change lock stop eos bos pad unk sep cls mask special resume cursor skip
  idempotency start end theme design spacing cancellation cancel
`);

/** Before `key` these words leave no doubt, whatever follows. */
export const keyOwners: ReadonlySet<string> = words(`
  api access secret private encryption encrypt decryption decrypt signing sign signature hmac master license licence auth
  authentication authorization ssh ssl tls rsa dsa ecdsa ed25519 aes gpg pgp account shared subscription consumer deploy
  service session webhook stripe openai anthropic google gcp azure aws github gitlab slack twilio sendgrid mailgun datadog
  admin user app application client vault openssl kms jwt jwk token cipher crypto data wrapping wrapped derived
`);

/** Before `code` these words make it a one-time secret. */
export const codeOwners: ReadonlySet<string> = words(`
  otp totp hotp mfa 2fa tfa factor twofactor verification verify security auth authorization authentication access recovery
  backup confirmation invitation sms login signin passcode invite activation pin pass device csc cvv cvc pairing unlock reset time
`);

/** Single words that name a secret by themselves, wherever they stand in a name, unless a word about it follows. */
export const secretWords: ReadonlyMap<string, string> = new Map([
  ...unspacedNames.split('|').map((word): [string, string] => [word, 'password']),
  ['otp', 'one-time-password'],
  ['totp', 'one-time-password'],
  ['hotp', 'one-time-password'],
  ['pwd', 'password'],
  ['pswd', 'password'],
  ['psw', 'password'],
  ['pw', 'password'],
  ['passwd', 'password'],
  ['cookie', 'cookie'],
  ['cookies', 'cookie'],
  ['jwt', 'token'],
  ['xprv', 'key'],
  ['jws', 'token'],
  ['jwe', 'token'],
  ['csrf', 'csrf'],
  ['xsrf', 'csrf'],
  ['csrfmiddlewaretoken', 'csrf'],
  ['cvv', 'card'],
  ['cvv2', 'card'],
  ['cvc', 'card'],
  ['cvc2', 'card'],
  ['ccv', 'card'],
  ['ssn', 'national-id'],
  ['jsessionid', 'session-cookie'],
  ['phpsessid', 'session-cookie'],
  ['sessid', 'session-cookie'],
  ['dockerconfigjson', 'credential'],
  ['aspxauth', 'session-cookie'],
  ['passphrase', 'pass'],
  ['mnemonic', 'seed'],
  ['kennwort', 'password'],
  ['losungswort', 'password'],
  ['contraseña', 'password'],
  ['contrasena', 'password'],
  ['contrasenya', 'password'],
  ['senha', 'password'],
  ['parola', 'password'],
  ['heslo', 'password'],
  ['haslo', 'password'],
  ['hasło', 'password'],
  ['wachtwoord', 'password'],
  ['lösenord', 'password'],
  ['losenord', 'password'],
  ['adgangskode', 'password'],
  ['salasana', 'password'],
  ['sifre', 'password'],
  ['şifre', 'password'],
  ['mdp', 'password'],
  ['motdepasse', 'password'],
  ['пароль', 'password'],
  ['jelszo', 'password'],
  ['jelszó', 'password'],
  ['cred', 'credential'],
  ['creds', 'credential'],
  ['dek', 'key'],
  ['kek', 'key'],
]);

/** Words that name a secret only as the last word of a name: `basic_auth`, `user_pin`, `card_pan`. */
export const lastSecretWords: ReadonlyMap<string, string> = new Map([
  ['auth', 'authorization'],
  ['bearer', 'authorization'],
  ['pin', 'pin'],
  ['pan', 'card'],
  ['pincode', 'pin'],
  ['psk', 'key'],
  ['csc', 'card'],
  ['cvn', 'card'],
  ['puk', 'pin'],
]);

/** Before `pin`, `pan`, `auth` these words make it something else. */
export const harmlessOwners: ReadonlySet<string> = words(`
  gpio led rx tx map interrupt drop push chip board input output analog digital safety rolling is has no needs require
  requires required use uses with without skip enable supports support camera zoom tilt jpn clevis firing
`);

/** Yes-or-no questions: their answer is no secret. */
export const questionWords: ReadonlySet<string> = words(
  'is has had was should checksum can could did does needs require requires allow allows enable enables disable use uses forgot forgotten show hide no',
);
