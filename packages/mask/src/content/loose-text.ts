import type { ContentRules } from '../content-rules.js';
import { EVERYWHERE, type TextScan } from '../scan/text-scan.js';
import { WordFinder } from '../scan/word-finder.js';
import { maskBareLogins } from './bare-login.js';
import { maskBlockMaps } from './block-maps.js';
import { BOUND_WORDS, maskBoundValues } from './bound-values.js';
import { ESCAPE_WORDS, maskCodeEscapes } from './code-escapes.js';
import { maskCommandsInText } from './command-in-text.js';
import { maskCredentialStatements, STATEMENT_WORDS } from './credential-statements.js';
import { BLOCK_WORDS, maskDeclaredBlocks } from './declared-blocks.js';
import { DIRECTIVE_WORDS, maskDirectives } from './directive-text.js';
import { maskSqlInText, SQL_WORDS } from './embedded-sql.js';
import { maskEncodedWords } from './encoded-words.js';
import { maskEntities } from './entity-text.js';
import { maskQuotations, maskToldCodes, QUOTATION_WORDS, TOLD_CODE_WORDS } from './failure-text.js';
import { FED_WORDS, maskFedSecrets } from './fed-secrets.js';
import { maskFreeText } from './free-text.js';
import { maskInspectedLists } from './inspected-list.js';
import { maskInspectedObjects } from './inspected-object.js';
import { maskInspectedStrings } from './inspected-string.js';
import { LOGIN_WORDS, maskLoginsInText, maskPasswordStatements } from './login-text.js';
import { maskMarkup } from './markup-text.js';
import { maskMultipartText } from './multipart-text.js';
import { maskNamedForm, maskNamedYaml } from './named-values.js';
import { maskObjectsOfSecrets, OBJECT_WORDS } from './objects-of-secrets.js';
import { maskFormOfWords } from './query-text.js';
import { takingPrograms } from './secret-commands.js';
import { maskTables } from './table-text.js';
import {
  SIGN_ANGLE,
  SIGN_BRACKET,
  SIGN_CODE,
  SIGN_ODD,
  SIGN_OPTION,
  SIGN_PAIR,
  SIGN_PERCENT,
  SIGN_QUOTE,
  textSigns,
} from './text-signs.js';
import { maskNamedValues, maskShownWords, VALUE_WORDS } from './validator-text.js';

/** What words are, besides the `SIGN_…` bits of a text: {@link NAMING}, {@link POSITIONAL}, and commands that take a secret without a dash. */
const SIGN_NAMING = 1 << 16;
const SIGN_POSITIONAL = 1 << 17;
const SIGN_TAKEN = 1 << 18;

/** What makes any word behind it a secret, or a literal; and the end of a line of cells. */
const NAMING =
  /bearer |identified by|\bselect |\bdelete |setuser | auth2? |config set |\b(?:set|chang|reset|updat)|(?:create|alter) (?:user|role|login) |\bnet use|wpa_passphrase|nmcli|cmdkey|mysqladmin|\bPASS |\bCONNECT TO |requirepass|masterauth|primaryauth|auth-pass|\blogin \S{1,128} password|[,;\t](?! )[\w .#/-]{0,48}\r?\n/i;
/** Commands whose secret needs no option that begins with a dash. */
const POSITIONAL =
  /vault login |sqlplus|sqlldr|impdp|expdp|rman |rabbitmqctl|\bnet(?:\.exe)? (?:use|user) |wpa_passphrase|nmcli|bundle config|xfreerdp|cmdkey|schtasks|mysqladmin|chpasswd|sudo -S/i;

const TAKING_PROGRAMS = takingPrograms();
/** Where one of them may stand. */
const TAKES_WORDS = new RegExp(`\\b(?:${TAKING_PROGRAMS.join('|')})(?:\\.exe)?[ \\t]`, 'i');

/** Of each reader or sign, the words of which one is in every text that concerns it. */
const WORDS = {
  naming: [
    'bearer ',
    'identified by',
    'select ',
    'delete ',
    'setuser ',
    ' auth',
    'config set ',
    'set',
    'chang',
    'updat',
    'user ',
    'role ',
    'login ',
    'net use',
    'wpa_passphrase',
    'nmcli',
    'cmdkey',
    'mysqladmin',
    'pass ',
    'connect to ',
    'requirepass',
    'masterauth',
    'primaryauth',
    'auth-pass',
  ],
  positional: [
    'vault login ',
    'sqlplus',
    'sqlldr',
    'impdp',
    'expdp',
    'rman ',
    'rabbitmqctl',
    'net use',
    'net.exe use',
    'wpa_passphrase',
    'nmcli',
    'bundle config',
    'xfreerdp',
    'cmdkey',
    'schtasks',
    'mysqladmin',
    'chpasswd',
    'sudo -s',
  ],
  commands: TAKING_PROGRAMS.flatMap((program) => [`${program} `, `${program}\t`, `${program}.exe`]),
  accounts: ['set ', 'set\t', 'create', 'alter'],
  pairs: ['value', 'answer'],
  parts: ['form-data;'],
  bound: BOUND_WORDS,
  statements: STATEMENT_WORDS,
  sql: SQL_WORDS,
  fed: FED_WORDS,
  logins: LOGIN_WORDS,
  directives: DIRECTIVE_WORDS,
  quotations: QUOTATION_WORDS,
  values: VALUE_WORDS,
  told: TOLD_CODE_WORDS,
  escapes: ESCAPE_WORDS,
  blocks: BLOCK_WORDS,
  objects: OBJECT_WORDS,
} as const satisfies Readonly<Record<string, readonly string[]>>;
const FINDER = new WordFinder(Object.values(WORDS));
/** Bits of what the finder gives. */
const HAS = Object.fromEntries(Object.keys(WORDS).map((name, index) => [name, 1 << index])) as {
  readonly [name in keyof typeof WORDS]: number;
};

/** What is in a text that a reader concerns. */
interface LooseReader {
  readonly mask: (text: string, rules: ContentRules) => string;
  /** `SIGN_…` bits, of which one is there; undefined when none needs to be. */
  readonly signs?: number;
  /** Bits of `HAS`, in the same way. */
  readonly words?: number;
}

const READERS: readonly LooseReader[] = [
  { mask: maskEntities },
  { mask: maskCodeEscapes, words: HAS.escapes },
  { mask: maskEncodedWords, signs: SIGN_PERCENT },
  { mask: maskMultipartText, signs: SIGN_PAIR, words: HAS.parts },
  { mask: maskMarkup, signs: SIGN_ANGLE },
  { mask: maskBoundValues, signs: SIGN_QUOTE | SIGN_PAIR | SIGN_BRACKET, words: HAS.bound },
  { mask: maskCredentialStatements, words: HAS.statements },
  { mask: maskSqlInText, signs: SIGN_QUOTE | SIGN_PAIR | SIGN_NAMING, words: HAS.sql },
  { mask: maskFedSecrets, words: HAS.fed },
  { mask: maskCommandsInText, signs: SIGN_OPTION | SIGN_POSITIONAL },
  { mask: maskBareLogins, signs: SIGN_PAIR },
  { mask: maskLoginsInText, words: HAS.logins },
  { mask: maskPasswordStatements, words: HAS.accounts },
  { mask: maskDirectives, words: HAS.directives },
  { mask: maskNamedYaml, words: HAS.pairs },
  { mask: maskNamedForm, words: HAS.pairs },
  { mask: maskFormOfWords, signs: SIGN_PAIR },
  { mask: maskBlockMaps },
  { mask: maskDeclaredBlocks, words: HAS.blocks },
  { mask: maskObjectsOfSecrets, signs: SIGN_QUOTE, words: HAS.objects },
  { mask: maskInspectedObjects, signs: SIGN_QUOTE },
  { mask: maskInspectedStrings, signs: SIGN_QUOTE },
  { mask: maskInspectedLists, signs: SIGN_BRACKET },
  { mask: maskQuotations, signs: SIGN_QUOTE | SIGN_PAIR, words: HAS.quotations },
  { mask: maskNamedValues, signs: SIGN_QUOTE | SIGN_BRACKET | SIGN_ANGLE, words: HAS.values },
  { mask: maskShownWords, words: HAS.values },
  { mask: maskTables },
  { mask: maskToldCodes, signs: SIGN_CODE, words: HAS.told },
];

/**
 * Masks text of no certain form: first what stands in it in a form of its own (parts of a form, markup, SQL, command lines,
 * lists, words that are encoded twice, quotations of messages), then what a name before it tells. Each reader is asked
 * only when the text has the signs of its form. Time is linear in the length.
 *
 * @param text attacker-controlled.
 * @param marks where something may have to be masked: lines far from any mark are passed over.
 */
export function maskLooseText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): string {
  const words = FINDER.find(text);
  const found = textSigns(text) | signsOfWords(text, words);
  // Without a digit, a sign or a capital inside of a word, nothing looks like a secret behind a word.
  if ((found & (SIGN_ODD | SIGN_NAMING | SIGN_TAKEN)) === 0) return text;
  let masked = text;
  for (const reader of READERS) {
    if (isDue(found, reader.signs) && isDue(words, reader.words)) masked = reader.mask(masked, rules);
  }
  return maskFreeText(masked, rules, masked === text ? marks : rules.marksOf(masked));
}

function isDue(found: number, wanted: number | undefined): boolean {
  return wanted === undefined || (found & wanted) !== 0;
}

/** The signs that words are in their places. */
function signsOfWords(text: string, words: number): number {
  const isNaming = (words & HAS.naming) !== 0 || text.includes('\n');
  const isTaken = (words & HAS.commands) !== 0 && TAKES_WORDS.test(text);
  const isPositional = isTaken || ((words & HAS.positional) !== 0 && POSITIONAL.test(text));
  return (
    (isNaming && NAMING.test(text) ? SIGN_NAMING : 0) |
    (isTaken ? SIGN_TAKEN : 0) |
    (isPositional ? SIGN_POSITIONAL : 0)
  );
}
