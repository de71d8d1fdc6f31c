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

/** The name of a known client, from the path of a program; undefined for any other word. */
export function knownClient(word: string): string | undefined {
  const name = word
    .slice(-256)
    .replace(/^.*[/\\]/s, '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
  return CLIENTS.has(name) ? name : undefined;
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
