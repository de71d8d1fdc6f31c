import { unspacedNames } from './unspaced-names.js';
import { words } from './words-and-plurals.js';

// Word lists of the default name rules, in lower case. Sources: the names that semantic conventions, cloud SDKs and web
// frameworks use, and English words that hold a secret-looking part.

/**
 * The keep list, part one. Words that hold `pass`, `key`, `secret`, `credential` or `signature` and name nothing secret, beside those
 * that the rules on each of these stems tell by their form (`passenger`, `keyboard`, `monkey`, `tokenizer`).
 */
export const harmlessWords: ReadonlySet<string> = words(`
  passes passband keypad keyhole keyless keylog keycap keycloak keyof keylight keyring keychain keyvault keyname keyid
  keytype keycount keylength keyprefix mickey lackey keyalg keyalias turnkey keytable multikey subkey secretary secretaries
  secretariat secretsmanager secretmanager secretion secrete secretive credentialed credentialing lowpass highpass bandpass
  allpass passfail passlog passlogfile smokey signatures passwordless
`);

/**
 * The keep list, part two. After a secret's name these words say that the value is about the secret: `token_type`,
 * `secret_arn`, `password_policy`.
 */
export const aboutWords: ReadonlySet<string> = words(`
  name alias aliases arn count counter length len size version versioning type kind algorithm alg provider method result
  status state policy policies enabled disabled required requires valid invalid validity verified verification expired
  expiry expiration expire ttl age duration time timestamp timeout date datetime day hour minute second ms millis year month
  rate limit ratio score strength purpose scheme schema format encoding endpoint url uri host hostname path file filename
  filepath dir directory folder prefix index indexes position exists present missing available set unset changed updated
  created rotated rotation reset attempt failure failed error exception retry retries usage used unused remaining scope
  issuer audience owner source location level mode class category label description title field column param parameter
  header max min maximum minimum total quota capacity bucket cost price budget per window interval percent accepted declined
  allowed denied supported consent banner variant notice preference preferred domain samesite secure httponly jar reason
  event action operation manager service client server handler helper factory filter interceptor middleware guard encoder
  decoder controller repository listener adapter scanning store storage cache pool queue topic table view strategy flow
  response request validator generator parser context loader resolver rule check checker checked entropy complexity hit miss
  misses latency bytes input output prompt completion cached reasoning detail estimate estimated variable fingerprint
  thumbprint digest symbol decimals holder contract region namespace group node uid locale language lang ref reference flag
  lifetime backend engine detected registered channel permission protection brand page button model supply balance standard
  offset probability prob progress spec reuse prevention risk template expression metadata unit hasher origins partitioned
  identifier username address addresses public color customizations use role tenant generation grant validation tier plan
  environment site priority decision effect outcome resource kid iss exp iat nbf aud sub typ cty jti
`);

/** The keep list, part three. Before `key` these words name what is looked up, not what unlocks. */
export const lookupWords: ReadonlySet<string> = words(`
  validator primary foreign partition partitioning sort sorting sorted range hash shard sharding cache caching routing
  object idempotency idempotent public pub feature flag i18n l10n query message ordering group grouping row index unique
  schema sequence add entry publishable num jsx composite compound candidate natural surrogate lookup map mapping dict
  dictionary registry translation locale metric label tag column order join record entity item business event dedup
  deduplication deduplicate correlation bucket s3 blob minio hot arrow up down left right shortcut widget component react
  list element elem field attribute attr property properties prop config configuration setting param parameter option header
  context state store redis memcached memcache valkey dynamo dynamodb kafka rocketmq rabbitmq amqp sqs pubsub jira issue
  project board story epic ticket task job queue topic stream document doc file path directory folder upload resource
  binding route segment node edge graph tree parent child root leaf section category enum enumeration country language lang
  region text string i18next intl locking lock mutex rate limit limiter throttle throttling bucketing aggregation aggregate
  time date timestamp first last next previous prev start end min max current old new evaluated exclusive original
  normalized normalised template theme color style css search filter facet distinct secondary clustering cluster
  distribution dist websocket ref esc escape enter tab shift ctrl control alt meta modifier pressed keyboard invalid missing
  unknown unrecognized duplicate duplicated reserved expected required default error kind type dedupe deduped latch stack
  layout screen view page slot fragment bundle module collection counter trie btree hashmap set zset member bucketed storage
  request prompt consul etcd kv trigger sample aerospike definition experiment answer total extra merge json yaml workflow
  menu space revalidate upstream thread restore restored output unprocessed replica has legend stage by variant variation
  semaphore mutation swr navigation action annotation match axis trace song music audio piano title description evicted
  expired hit allowed changed deleted body payload instance topology
`);

/** Before a plural `tokens` or a number these words make it a credential; without them it is a count. */
export const credentialWords: ReadonlySet<string> = words(`
  access refresh auth oauth oauth2 api session bearer id csrf xsrf personal security secret private client service
  registration device push webhook recovery reset
`);

/** Before `token` these words make it a piece of text, a place in a list, or a lock. */
export const plainTokenWords: ReadonlySet<string> = words(`
  public next page pagination continuation continue sync delta change lock stop eos bos pad unk sep cls mask special resume
  cursor skip idempotency start end theme design spacing cancellation cancel
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
  backup confirmation invitation sms login signin passcode invite activation pin pass device csc cvv cvc pairing unlock
  reset time
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
  required use with without skip enable support camera zoom tilt jpn clevis firing
`);

/** Yes-or-no questions: their answer is no secret. */
export const questionWords: ReadonlySet<string> = words(
  'is has had was should checksum can could did does needs require requires allow allows enable enables disable use uses forgot forgotten show hide no',
);
