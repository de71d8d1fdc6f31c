/** What the value of a short option is. */
export type OptionValue = 'secret' | 'header' | 'cookie' | 'assignment';

const CURL =
  '-u:secret -U:secret --user:secret --proxy-user:secret --oauth2-bearer:secret -H:header --header:header -b:cookie --cookie:cookie';
const PASSWORD_P = '-p:secret';
const PASSWORD_UPPER_P = '-P:secret';
const PASSWORD_W = '-w:secret';
const CONTAINER = '-e:assignment --env:assignment --build-arg:assignment -p:secret';

/** Options of known clients, by the name of the program in lower case. */
const CLIENTS: ReadonlyMap<string, ReadonlyMap<string, OptionValue>> = new Map(
  (
    [
      ['curl wget http https xh', CURL],
      ['sshpass mongo mongosh mongodump mongorestore mongoexport mongoimport az', PASSWORD_P],
      ['mosquitto_pub mosquitto_sub sqlcmd bcp zip unzip', PASSWORD_UPPER_P],
      ['ldapsearch ldapmodify ldapadd', PASSWORD_W],
      ['redis-cli', '-a:secret --pass:secret'],
      ['openssl', '-k:secret -K:secret -passin:secret -passout:secret -password:secret'],
      ['ssh-keygen', '-N:secret -P:secret'],
      ['smbclient rpcclient net', '-U:secret --user:secret'],
      ['plink pscp psftp', '-pw:secret'],
      ['sqlplus sqlldr expdp impdp rman vault rabbitmqctl htpasswd', ''],
      ['docker podman', CONTAINER],
      ['7z mysql mysqldump mysqladmin mysqlimport mariadb mariadb-dump', ''],
    ] as const
  ).flatMap(([names, options]) => names.split(' ').map((name) => [name, optionMap(options)] as const)),
);

function optionMap(options: string): ReadonlyMap<string, OptionValue> {
  const map = new Map<string, OptionValue>();
  for (const entry of options.split(' ')) {
    const [option = '', kind] = entry.split(':');
    if (kind === 'secret' || kind === 'header' || kind === 'cookie' || kind === 'assignment')
      map.set(option, kind);
  }
  return map;
}

/** Options whose value is glued to them (`mysql -pSECRET`, `curl -uuser:password`). */
const GLUED: ReadonlyMap<string, readonly string[]> = new Map([
  ['curl', ['-u', '-U']],
  ['mysql', ['-p']],
  ['mysqldump', ['-p']],
  ['mysqladmin', ['-p']],
  ['mysqlimport', ['-p']],
  ['mariadb', ['-p']],
  ['mariadb-dump', ['-p']],
  ['sshpass', ['-p']],
  ['7z', ['-p']],
  ['redis-cli', ['-a']],
  ['sqlcmd', ['-P']],
]);

/** Which word without a dash is a secret, counted from 1 behind the name of the client, after which subcommand. */
const POSITIONAL: ReadonlyMap<string, { readonly after: RegExp; readonly at: number }> = new Map([
  ['rabbitmqctl', { after: /^(?:add_user|change_password|authenticate_user)$/, at: 3 }],
  ['vault', { after: /^login$/, at: 2 }],
]);

const ORACLE: ReadonlySet<string> = new Set(['sqlplus', 'sqlldr', 'expdp', 'impdp', 'rman']);

/** Whether a word is a secret by where it stands: `rabbitmqctl add_user bob SECRET`, `sqlplus bob/SECRET@db`. */
export function isPositionalSecret(client: string, word: string, before: readonly string[]): boolean {
  if (ORACLE.has(client)) return before.length === 0 && /^[^/\s]{1,128}\/[^/\s]/.test(word);
  const place = POSITIONAL.get(client);
  return place !== undefined && before.length + 1 === place.at && place.after.test(before[0] ?? '');
}

/** The name of a known client, from the path of a program; undefined for any other word. */
export function knownClient(word: string): string | undefined {
  const base = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
  if (base.length > LONGEST_CLIENT) return undefined;
  const lower = base.toLowerCase();
  const name = lower.endsWith('.exe') ? lower.slice(0, -4) : lower;
  return CLIENTS.has(name) ? name : undefined;
}

const LONGEST_CLIENT = 24;

/** Words of everyday language that are clients too. */
const EVERYDAY: ReadonlySet<string> = new Set(['http', 'https', 'mongo', 'az', 'zip', 'xh', 'net', 'vault']);

/** Names of the programs whose options are known, in lower case. */
export const KNOWN_CLIENTS: readonly string[] = [...CLIENTS.keys()];

/** Whether the words behind the name of a client are those of a command, and no sentence. */
export function looksLikeCommand(name: string, rest: string): boolean {
  if (!/^(?:\.exe)?[ \t]{1,8}[^\s=:]/i.test(rest)) return false;
  if (name === 'vault') return /^\s{1,8}login\s/.test(rest);
  if (EVERYDAY.has(name)) return /\s-{1,2}(?:[pPuUa]|user|auth)[ =]/.test(rest);
  return POSITIONAL.has(name) || ORACLE.has(name) || / -[A-Za-z-]/.test(rest);
}

/** What follows this option of a client, or undefined. `docker -p` is a secret only after `login`. */
export function optionValue(
  client: string,
  option: string,
  subcommands: readonly string[],
): OptionValue | undefined {
  const isContainer = client === 'docker' || client === 'podman' || client === 'az';
  if (isContainer && option === '-p' && !subcommands.includes('login')) return undefined;
  return CLIENTS.get(client)?.get(option);
}

/** The option whose value is glued to it in this argument, or undefined. */
export function gluedOption(client: string, argument: string): string | undefined {
  return GLUED.get(client)?.find((option) => argument.startsWith(option) && argument.length > option.length);
}
