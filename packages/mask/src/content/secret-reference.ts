import { looksRandom, looksSecret } from '../detectors/secret-shape.js';

const LONGEST = 256;
const PATH_OF_FILE =
  /^(?:(?:~|\.{1,2})?\/(?:[\w.@-]{1,64}\/){0,12}[\w@-][\w.@-]{0,63}\.(?:key|pem|crt|cer|p12|pfx|jks|txt|json|ya?ml|env|conf|cfg|ini|keytab|asc|gpg|pub)|(?:~\/\.|\/(?:etc|run|var|home|usr|opt|tmp|root|mnt|secrets|proc|dev)\/)[\w./@-]{1,128})$/;
const KEY_FILE = /^[\w./~-]{1,128}\.(?:pem|key|crt|cer|der|p12|pfx|jks|pub|asc)$/i;
/** `file:/run/pw` and `env:PW`, as OpenSSL takes them, and the version of a stored secret. */
const ELSEWHERE = /^(?:file:[\w./~-]{1,128}|env:[A-Z_][A-Z0-9_]{0,63}|[a-z][a-z-]{0,63}:latest)$/;

/** Whether the value of an option is a file that holds a key (`-keyout private-key.pem`). */
export function isKeyFile(value: string): boolean {
  return value.length <= LONGEST && KEY_FILE.test(value);
}

/** Whether a value is where a file is, and not what it holds. */
function isFilePath(value: string): boolean {
  return value.length <= LONGEST && PATH_OF_FILE.test(value) && !value.split('/').some(looksRandom);
}

/** Whether a value without quotes only says where a secret is: in a file, in a variable, in a store. */
export function isReference(value: string): boolean {
  return isFilePath(value) || (value.length <= LONGEST && ELSEWHERE.test(value));
}

const STORED = /^(?:[a-z-]{0,24}-)?secret(?:-id)?$/i;
/** Words of a path, or words of which the last one says what it names. */
const NAME_OF_SECRET =
  /^[a-z][a-z0-9]{0,31}(?:-[a-z0-9]{1,32}){0,6}(?:(?:\/[a-z][a-z0-9]{0,31}(?:-[a-z0-9]{1,32}){0,6}){1,6}|-(?:password|secret|token|key|creds|credentials|cert|tls))$/;

/** Of a chart. */
const PULL_SECRET = /pull-?secrets?$/i;
const OBJECT_NAME = /^[a-z][a-z-]{0,62}$/;

/** Whether the value of an option is what a secret is called in a store: `--secret-id prod/db`, `--secret=db-password`. */
export function isSecretsName(option: string, value: string): boolean {
  if (PULL_SECRET.test(option)) return OBJECT_NAME.test(value) && !looksSecret(value);
  return value.length <= LONGEST && STORED.test(option) && NAME_OF_SECRET.test(value) && !looksSecret(value);
}

const REMOTE = /[ \t]{0,8}["']?(?:\r?\n|\\n)[ \t]{1,64}remoteRef:/y;

/** Whether the value that ends at `end` is what an ExternalSecret of Kubernetes calls one. */
export function isRemoteName(text: string, name: string, end: number): boolean {
  if (name !== 'secretKey') return false;
  REMOTE.lastIndex = end;
  return REMOTE.test(text);
}

/** Commands that are told of a secret by what it is called, the option of that right before its name. */
const STORE_OPTION = /\b(?:gcloud|docker|podman|nerdctl|buildah|buildx)\b[^\n|;&]{0,200}--$/;
/** `db-main`, `id=npmrc,src=.npmrc`. */
const STORED_NAME = /^(?:[A-Za-z][\w.-]{0,63}|(?:id|type|source|src|target|env)=[\w.,=/~$-]{1,200})$/;

/** Whether a value is what a secret is called in a command of a store: `gcloud … --secret=db-main`, `docker … --secret id=npmrc`. */
export function isStoredName(text: string, name: { start: number; text: string }, value: string): boolean {
  if (name.text.toLowerCase() !== 'secret' || !STORED_NAME.test(value)) return false;
  if (!value.includes('=') && looksSecret(value)) return false;
  return STORE_OPTION.test(text.slice(Math.max(0, name.start - 240), name.start));
}
