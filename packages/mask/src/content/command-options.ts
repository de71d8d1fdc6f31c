import { takesPositionalSecret } from './positional-secret.js';
import {
  attachedOption,
  behindProgram,
  type CommandOption,
  commandOption,
  opensSecretCommand,
  SECRET_COMMANDS,
} from './secret-commands.js';

/** What the value of an option is. */
export type OptionValue = 'header' | 'cookie' | 'assignment' | 'certificate' | CommandOption;

const CURL =
  '-u:secret -U:secret --user:secret --proxy-user:secret --oauth2-bearer:secret -H:header --header:header -b:cookie --cookie:cookie -E:certificate --cert:certificate --proxy-cert:certificate ' +
  '-x:login --proxy:login --preproxy:login --socks4:login --socks4a:login --socks5:login --socks5-hostname:login';
const HTTPIE = `${CURL} -a:secret --auth:secret`;
const PASSWORD_P = '-p:secret';
const PASSWORD_UPPER_P = '-P:secret';
const JAVA_STORES =
  '-storepass:secret -keypass:secret -srcstorepass:secret -deststorepass:secret -srckeypass:secret -destkeypass:secret';
const PASSWORD_W = '-w:secret';
const CONTAINER = '-e:assignment --env:assignment --build-arg:assignment -p:secret';

/** A password is glued to `-p` only: `-p x` asks for it. */
const MYSQL =
  'mysql mysqldump mysqladmin mysqlimport mysqlpump mysqlcheck mysqlshow mysqlslap mysqlbinlog mysqlsh mysql_upgrade mysqlhotcopy ' +
  'mariadb mariadb-dump mariadb-admin mariadb-import mariadb-check mariadb-show mariadb-slap mariadb-binlog mariadb-upgrade ' +
  'mariadb-backup mariabackup xtrabackup innobackupex';
const SEVEN_ZIP = '7z 7za 7zz 7zr';

/** Options of known clients, by the name of the program in lower case; as they are written here, until one is found. */
const CLIENTS: ReadonlyMap<string, string> = byName([
  ['curl wget', CURL],
  ['http https xh', HTTPIE],
  ['sshpass mongo mongosh mongodump mongorestore mongoexport mongoimport az', PASSWORD_P],
  ['twine rabbitmqadmin cqlsh psexec psexec64 ncftpput ncftpget useradd usermod', PASSWORD_P],
  ['mosquitto_pub mosquitto_sub sqlcmd bcp zip unzip ipmitool', PASSWORD_UPPER_P],
  ['ldapsearch ldapmodify ldapadd', PASSWORD_W],
  ['ldappasswd', '-w:secret -s:secret -a:secret'],
  ['keytool jarsigner', JAVA_STORES],
  ['nodetool', '-pw:secret --password:secret'],
  ['snmpwalk snmpget snmpset snmpbulkwalk', '-A:secret -X:secret -c:secret'],
  ['xfreerdp wfreerdp', '--p:secret'],
  ['schtasks', '/rp:secret'],
  ['cmdkey rar unrar nmcli wpa_passphrase mosquitto_passwd bundle', ''],
  ['lftp', '-u:secret'],
  ['etcdctl', '--user:secret'],
  ['kubectl oc', '--from-literal:secret'],
  ['convertto-securestring', '-String:secret'],
  ['redis-cli', '-a:secret --pass:secret'],
  ['openssl', '-k:secret -K:secret -passin:secret -passout:secret -password:secret'],
  ['ssh-keygen', '-N:secret -P:secret'],
  ['smbclient rpcclient net', '-U:secret --user:secret'],
  ['plink pscp psftp', '-pw:secret'],
  ['sqlplus sqlldr expdp impdp rman vault rabbitmqctl htpasswd', ''],
  ['docker podman', CONTAINER],
  ['ab', '-A:secret -P:secret'],
  [MYSQL, ''],
  [SEVEN_ZIP, ''],
]);
const OPTIONS = new Map<string, ReadonlyMap<string, OptionValue>>();

/** What stands under names that are written with spaces between them, by each of the names. */
function byName(rows: readonly (readonly [names: string, options: string])[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const [names, options] of rows) for (const name of names.split(' ')) map.set(name, options);
  return map;
}

function optionsOf(client: string): ReadonlyMap<string, OptionValue> | undefined {
  const written = CLIENTS.get(client);
  if (written === undefined) return undefined;
  const known = OPTIONS.get(written) ?? optionMap(written);
  OPTIONS.set(written, known);
  return known;
}

function optionMap(options: string): ReadonlyMap<string, OptionValue> {
  const map = new Map<string, OptionValue>();
  for (const entry of options.split(' ')) {
    const [option = '', kind] = entry.split(':');
    if (
      kind === 'secret' ||
      kind === 'header' ||
      kind === 'cookie' ||
      kind === 'assignment' ||
      kind === 'login' ||
      kind === 'certificate'
    )
      map.set(option, kind);
  }
  return map;
}

/** Options whose value is glued to them, with spaces between them (`mysql -pSECRET`, `curl -uuser:password`). */
const GLUED: ReadonlyMap<string, string> = byName([
  ['curl', '-u -U'],
  [MYSQL, '-p'],
  [SEVEN_ZIP, '-p'],
  ['sshpass cypher-shell mongo mongosh mongodump mongorestore mongoexport mongoimport', '-p'],
  ['redis-cli valkey-cli keydb-cli', '-a'],
  ['sqlcmd zip unzip ipmitool', '-P'],
  ['rar', '-hp -p'],
  ['unrar', '-p'],
  ['ldapsearch ldapmodify ldapadd', '-w'],
  ['snmpwalk snmpget snmpset snmpbulkwalk', '-A -X -c'],
]);

/** Clients whose flags are written together, the last of them with a value (`curl -sSu user:password`). */
const CLUSTERED: ReadonlySet<string> = new Set([
  'curl',
  'zip',
  'unzip',
  'ldapsearch',
  'ldapmodify',
  'ldapadd',
]);

/** The name of a known client, from the path of a program; undefined for any other word. */
export function knownClient(word: string): string | undefined {
  const base = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\'), word.lastIndexOf('(')) + 1);
  if (base.length > LONGEST_CLIENT) return undefined;
  const lower = base.toLowerCase();
  const name = lower.endsWith('.exe') ? lower.slice(0, -4) : lower;
  return KNOWN.has(name) ? name : undefined;
}

const LONGEST_CLIENT = 24;

/** Words of everyday language that are clients too. */
const EVERYDAY: ReadonlySet<string> = new Set(['http', 'https', 'mongo', 'az', 'zip', 'xh', 'net', 'vault']);

/** Names of the programs whose options are known, in lower case. */
export const KNOWN_CLIENTS: readonly string[] = [...new Set([...CLIENTS.keys(), ...SECRET_COMMANDS])];
const KNOWN: ReadonlySet<string> = new Set(KNOWN_CLIENTS);

/** Whether the words behind the name of a client are those of a command, and no sentence. */
export function looksLikeCommand(name: string, behind: string): boolean {
  if (!/^(?:\.exe)?[ \t]{1,8}[^\s=:]/i.test(behind)) return false;
  const rest = behindProgram(name, behind);
  if (opensSecretCommand(name, rest)) return true;
  if (!CLIENTS.has(name)) return GLUED.has(name) && / -[A-Za-z]/.test(rest);
  const command = COMMANDS.get(name);
  if (command !== undefined) return command.test(rest);
  if (EVERYDAY.has(name)) return /\s-{1,2}(?:[A-Za-z]{0,5}[pPuUa]|user|auth)[ =]|\s-P\S/.test(rest);
  return takesPositionalSecret(name) || / -[A-Za-z-]/.test(rest);
}

/** What the words behind a name must be that is a word of a language, or whose options begin with no dash. */
const COMMANDS: ReadonlyMap<string, RegExp> = new Map([
  ['vault', /^\s{1,8}login\s/],
  [
    'net',
    /^(?:\.exe)?\s{1,8}(?:use\s{1,8}(?:[a-z]:|\*|\\\\|\/)|user\s{1,8}\S{1,64}\s{1,8}\S{1,128}\s{1,8}\/[a-z]|.{0,128}\s-U[ =])/i,
  ],
  ['bundle', /^\s{1,8}config\s/],
  ['xfreerdp', /\s\/p:/],
  ['wfreerdp', /\s\/p:/],
  ['cmdkey', /\s\/pass:/i],
  ['schtasks', /\s\/rp\s/i],
  ['nmcli', /\spassword\s/],
]);

/** What follows this option of a client, or undefined. `docker -p` is a secret only after `login`. */
export function optionValue(
  client: string,
  option: string,
  subcommands: readonly string[],
): OptionValue | undefined {
  const own = commandOption(client, option, subcommands);
  if (own !== undefined) return own;
  const isContainer = client === 'docker' || client === 'podman' || client === 'az';
  if (isContainer && option === '-p' && !subcommands.includes('login')) return undefined;
  if (option === '--from-literal' && !subcommands.includes('secret')) return undefined;
  const options = optionsOf(client);
  const known = options?.get(option);
  if (known !== undefined || !CLUSTERED.has(client) || !/^-[A-Za-z]{2,6}$/.test(option)) return known;
  return options?.get(`-${option.slice(-1)}`);
}

/**
 * The option whose value is glued to it in this argument, or undefined.
 *
 * @param words that stand between the client and the argument.
 */
export function gluedOption(client: string, argument: string, words: readonly string[]): string | undefined {
  const isGlued = (option: string): boolean => argument.startsWith(option) && argument.length > option.length;
  return GLUED.get(client)?.split(' ').find(isGlued) ?? attachedOption(client, argument, words);
}
