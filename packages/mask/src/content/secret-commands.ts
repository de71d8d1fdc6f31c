/** What one command of a program takes. */
interface SecretCommand {
  /** Words that stand behind the program in this order, in lower case; the last one may be a sign of the table. */
  readonly words: readonly string[];
  /** Those that stand for themselves. */
  readonly literal: readonly string[];
  readonly options: ReadonlyMap<string, CommandOption>;
}

/** What an option is: its value a secret, none at all, or what only tells where one is. */
export type CommandOption = 'secret' | 'flag' | 'reference';

/**
 * Commands that are given secrets, a line each: programs, then the words of the command. A word is itself, with '*' at its end
 * anything that begins so, '.' any word, '@' the name of a secret, in brackets an option without a value. The last one tells
 * what is a secret: '$' the next word, '%' the next word if it looks like one, '+' all words from there, '=' the values of all
 * pairs from there, '~' of those that look like one. An option has a secret behind it, with '!' nothing, with '?' what only
 * tells where a secret is.
 */
const TABLE = `
az keyvault secret set --value
az sql -p
az postgres -p
az mysql -p
aws configure set @ $
aws ssm put-parameter --value
aws secretsmanager --secret-string --secret-binary --secret-id?
gcloud --secret? --set-secrets? --update-secrets? --remove-secrets?
vault,bao kv put . =
vault,bao kv patch . =
vault,bao write . ~
vault,bao operator unseal $
gh secret set --body -b
gh auth --with-token!
fly,flyctl,supabase secrets set =
heroku config:set ~
mc alias set . . . $
mc config host add . . . $
mc admin user add . . $
pulumi config set --secret!
pulumi config set [--secret] . $
npm,pnpm,yarn config set @ $
npm,pnpm set @ $
netlify env:set @ $
pulumi config set @ $
etcdctl put @ $
consul kv put @ $
dotnet user-secrets set @ $
nuget push -k
nuget add -p
nuget update -p
nuget push . %
nuget setapikey %
setx @ $
poetry config @ %
poetry config http-basic.* . $
poetry publish -p
composer config http-basic.* . $
composer config github-oauth.* $
composer config gitlab-token.* $
composer config bearer.* $
cargo login %
cargo login . %
bw unlock $
bw login . $
cloudflared service install %
databricks secrets --string-value
eas secret:create --value
expo login -p
influx -t -p
doctl auth init -t
snyk auth %
ngrok authtoken %
ngrok config add-authtoken %
vercel,codecov -t
conan user -p
conan remote login -p
knife,p4,isql,tsql,osql -P
cypher-shell,beeline,hdbsql,rdesktop,racadm,supervisorctl,crackmapexec,netexec,hydra,certutil -p
oc,helm,crane,oras,nerdctl,buildah,skopeo,cf login -p
vsql -w
md5 -s
pdftotext,pdftoppm,pdfinfo -upw -opw
signtool sign /p
winexe -U
valkey-cli,keydb-cli -a --pass
redis-cli,valkey-cli,keydb-cli config set requirepass $
redis-cli,valkey-cli,keydb-cli config set masterauth $
redis-cli,valkey-cli,keydb-cli auth $
salt . shadow.set_password . $
openssl passwd + -apr1!
openssl dgst -hmac
smbclient //* $
rclone obscure $
grafana-cli admin reset-admin-password $
db2 connect to . user . using $
qpdf --encrypt
ffmpeg -pass?
gpg --export-secret-keys? --export-secret-subkeys?
rclone,sc,pdftk,nmcli @ $
kinit,cryptsetup,wrangler,smbpasswd,chpasswd
`;

const SECRETS = '$%+=~';
const COMMANDS: ReadonlyMap<string, readonly SecretCommand[]> = readTable();

function readTable(): ReadonlyMap<string, readonly SecretCommand[]> {
  const commands = new Map<string, SecretCommand[]>();
  for (const line of TABLE.trim().split('\n')) {
    const [programs = '', ...rest] = line.split(' ');
    const isOption = (part: string): boolean => /^[-/]\w|^--/.test(part);
    const words = rest.filter((part) => !isOption(part)).map((part) => part.replaceAll(/[[\]]/g, ''));
    const options = rest.filter(isOption).map(readOption);
    for (const program of programs.split(',')) {
      const known = commands.get(program) ?? [];
      const literal = words.filter((word) => /^\w[\w.:-]*$/.test(word));
      known.push({ words, literal, options: new Map(options) });
      commands.set(program, known);
    }
  }
  return commands;
}

function readOption(part: string): readonly [string, CommandOption] {
  if (part.endsWith('!')) return [part.slice(0, -1), 'flag'];
  return part.endsWith('?') ? [part.slice(0, -1), 'reference'] : [part, 'secret'];
}

/** Programs that have such commands, in lower case. */
export const SECRET_COMMANDS: readonly string[] = [...COMMANDS.keys()];

/** Those that take a secret without a dash before it. */
export const TAKING_PROGRAMS: readonly string[] = SECRET_COMMANDS.filter((program) => takesWords(program));

/** Where one of them may stand. */
export const TAKES_WORDS: RegExp = new RegExp(`\\b(?:${TAKING_PROGRAMS.join('|')})(?:\\.exe)?[ \\t]`, 'i');

function takesWords(program: string): boolean {
  return (COMMANDS.get(program) ?? []).some(
    ({ words, options }) =>
      SECRETS.includes(words[words.length - 1] ?? ' ') ||
      [...options.keys()].some((one) => one.startsWith('/')),
  );
}

/** What an option is in the command that the words behind the program are, or undefined. */
export function commandOption(
  program: string,
  option: string,
  words: readonly string[],
): CommandOption | undefined {
  for (const command of COMMANDS.get(program) ?? []) {
    const kind = command.options.get(option);
    if (kind !== undefined && isCommandOf(command, words)) return kind;
  }
  return undefined;
}

/** How much of a word is a secret: all of it, or what is behind its '='. With '?', only when it looks like one. */
export type SecretPart = 'word' | 'word?' | 'value' | 'value?';

/**
 * How much of the word that comes next in a command is a secret, or undefined.
 *
 * @param words that stand between it and the program.
 * @param namesSecret whether a word is the name of a secret.
 */
export function commandSecret(
  program: string,
  words: readonly string[],
  namesSecret: (word: string) => boolean,
): SecretPart | undefined {
  for (const command of COMMANDS.get(program) ?? []) {
    const last = command.words[command.words.length - 1] ?? '';
    if (last === '' || !SECRETS.includes(last)) continue;
    const before = command.words.slice(0, -1);
    const latest = words.length - before.length;
    // Of an open end, the words before it stand anywhere.
    const first = last === '$' || last === '%' ? Math.max(latest, 0) : 0;
    for (let start = first; start <= latest; start += 1) {
      if (matches(before, words.slice(start, start + before.length), namesSecret)) return PARTS[last];
    }
  }
  return undefined;
}

const PARTS: { readonly [last: string]: SecretPart } = {
  $: 'word',
  '%': 'word?',
  '+': 'word',
  '=': 'value',
  '~': 'value?',
};

function matches(
  pattern: readonly string[],
  words: readonly string[],
  namesSecret: (word: string) => boolean,
): boolean {
  return pattern.every((part, index) => {
    const word = words[index] ?? '';
    if (part === '.') return true;
    if (part === '@') return namesSecret(word);
    return part.endsWith('*')
      ? word.toLowerCase().startsWith(part.slice(0, -1))
      : word.toLowerCase() === part;
  });
}

function isCommandOf({ words }: SecretCommand, given: readonly string[]): boolean {
  const literal = words.filter((word) => !SECRETS.includes(word));
  for (let start = 0; start + literal.length <= given.length; start += 1) {
    if (matches(literal, given.slice(start, start + literal.length), () => true)) return true;
  }
  return false;
}

/** Before the name of a program it makes another word of it. */
const INSIDE = /[\w.@/-]/;

/** What stands behind the name of a program, up to where it stands again, so that no stretch is read for more than one of them. */
export function behindProgram(program: string, behind: string): string {
  // Most stand there as they are: to turn all that is behind each of many into small letters would cost far more.
  const rest = upToAgain(behind, `${program} `);
  return rest.slice(0, upToAgain(rest.toLowerCase(), `${program} `).length);
}

function upToAgain(text: string, again: string): string {
  for (let at = text.indexOf(again); at >= 0; at = text.indexOf(again, at + 1))
    if (!INSIDE.test(text[at - 1] ?? ' ')) return text.slice(0, at);
  return text;
}

/**
 * Whether the words behind the name of such a program are those of one of its commands: many are words of a language.
 *
 * @param rest of `behindProgram()`.
 */
export function opensSecretCommand(program: string, rest: string): boolean {
  const lower = rest.toLowerCase();
  return (COMMANDS.get(program) ?? []).some(({ literal, words, options }) => {
    if (literal.length > 0) return literal.every((word) => hasWord(lower, word));
    if (options.size > 0) return [...options.keys()].some((option) => hasWord(rest, option));
    return words.length === 0 || NAMED_WORD.test(rest);
  });
}

/** Of programs that take a secret behind any name of one. */
const NAMED_WORD = /\s(?:config|\w{1,16}_pw)\s|^\s{1,8}(?:\/[A-Za-z]\s{1,4})?[A-Z][A-Z0-9_]{2,64}\s/;

function hasWord(rest: string, word: string): boolean {
  for (let at = rest.indexOf(word); at >= 0; at = rest.indexOf(word, at + 1)) {
    if (/\s/.test(rest[at - 1] ?? '') && /[\s=]|^$/.test(rest[at + word.length] ?? '')) return true;
  }
  return false;
}
