import type { ContentRules } from '../content-rules.js';
import { EVERYWHERE, type TextScan } from '../scan/text-scan.js';
import { maskBareLogins } from './bare-login.js';
import { maskBoundValues } from './bound-values.js';
import { maskCommandsInText } from './command-in-text.js';
import { maskCredentialStatements } from './credential-statements.js';
import { maskDirectives } from './directive-text.js';
import { maskSqlInText } from './embedded-sql.js';
import { maskEncodedWords } from './encoded-words.js';
import { maskEntities } from './entity-text.js';
import { maskQuotations, maskToldCodes } from './failure-text.js';
import { maskFedSecrets } from './fed-secrets.js';
import { maskFreeText } from './free-text.js';
import { maskInspectedLists } from './inspected-list.js';
import { maskInspectedStrings } from './inspected-string.js';
import { maskLoginsInText, maskPasswordStatements } from './login-text.js';
import { maskMarkup } from './markup-text.js';
import { maskMultipartText } from './multipart-text.js';
import { maskNamedForm, maskNamedYaml } from './named-values.js';
import { TAKES_WORDS } from './secret-commands.js';
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
import { maskNamedValues } from './validator-text.js';

/** What makes any word behind it a secret, or a literal; and the end of a line of cells. */
const NAMING =
  /bearer |identified by|\bselect |\bdelete |setuser | auth2? |config set |\b(?:set|chang|reset|updat)|(?:create|alter) (?:user|role|login) |\bnet use|wpa_passphrase|nmcli|cmdkey|mysqladmin|\bPASS |\bCONNECT TO |requirepass|masterauth|primaryauth|auth-pass|\blogin \S{1,128} password|[,;\t](?! )[\w .#/-]{0,48}\r?\n/i;
/** Commands whose secret needs no option that begins with a dash. */
const POSITIONAL =
  /vault login |sqlplus|sqlldr|impdp|expdp|rman |rabbitmqctl|\bnet(?:\.exe)? (?:use|user) |wpa_passphrase|nmcli|bundle config|xfreerdp|cmdkey|schtasks|mysqladmin|chpasswd|sudo -S/i;

const LOGIN =
  /\bAUTH|SETUSER |CONFIG SET |\bLOGIN |\bPASS |\b334 |(?:auth|login|credentials?|basic|connect|construct|connection|bind|bind_s|open|pdo|mysqli|sign|verify|hmac|sequelize|authentication|start|password)\(|\bconn(?:ect)?\s/i;
const PASSWORD_STATEMENT = /\bset[ \t]{1,8}password\b|\b(?:CREATE|ALTER)[ \t]{1,8}(?:USER|ROLE|LOGIN)\b/i;
const NAMED_YAML = /(?:value|answer)["']?(?::| ?=)/i;
const NAMED_FORM = /(?:value|answer)(?:\]|%5D)?=/i;

/**
 * Masks text of no certain form: first what stands in it in a form of its own (parts of a form, markup, SQL, command lines,
 * lists, words that are encoded twice, quotations of messages), then what a name before it tells. Each reader is asked
 * only when the text has the signs of its form. Time is linear in the length.
 *
 * @param text attacker-controlled.
 * @param marks where something may have to be masked: lines far from any mark are passed over.
 */
export function maskLooseText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): string {
  const signs = textSigns(text);
  // Without a digit, a sign or a capital inside of a word, nothing looks like a secret behind a word.
  const isPlain = (signs & SIGN_ODD) === 0;
  if (isPlain && !NAMING.test(text) && !TAKES_WORDS.test(text)) return text;
  let masked = text;
  if (masked.includes('&')) masked = maskEntities(masked, rules);
  if (signs & SIGN_PERCENT) masked = maskEncodedWords(masked, rules);
  if (signs & SIGN_PAIR && /form-data;/i.test(masked)) masked = maskMultipartText(masked, rules);
  if (signs & SIGN_ANGLE) masked = maskMarkup(masked, rules);
  if (signs & (SIGN_QUOTE | SIGN_PAIR | SIGN_BRACKET)) masked = maskBoundValues(masked, rules);
  masked = maskCredentialStatements(masked, rules);
  if (signs & (SIGN_QUOTE | SIGN_PAIR) || NAMING.test(masked)) masked = maskSqlInText(masked, rules);
  masked = maskFedSecrets(masked, rules);
  if (signs & SIGN_OPTION || POSITIONAL.test(masked) || TAKES_WORDS.test(masked))
    masked = maskCommandsInText(masked, rules);
  if (masked.includes('@')) masked = maskBareLogins(masked, rules);
  if (LOGIN.test(masked)) masked = maskLoginsInText(masked, rules);
  if (PASSWORD_STATEMENT.test(masked)) masked = maskPasswordStatements(masked, rules);
  masked = maskDirectives(masked, rules);
  if (NAMED_YAML.test(masked)) masked = maskNamedYaml(masked, rules);
  if (NAMED_FORM.test(masked)) masked = maskNamedForm(masked, rules);
  if (signs & SIGN_QUOTE) masked = maskInspectedStrings(masked, rules);
  if (signs & SIGN_BRACKET) masked = maskInspectedLists(masked, rules);
  if (signs & (SIGN_QUOTE | SIGN_PAIR)) masked = maskQuotations(masked, rules);
  if (signs & (SIGN_QUOTE | SIGN_BRACKET | SIGN_ANGLE)) masked = maskNamedValues(masked, rules);
  if (masked.includes('\n') || signs & SIGN_ANGLE) masked = maskTables(masked, rules);
  if (signs & SIGN_CODE) masked = maskToldCodes(masked, rules);
  return maskFreeText(masked, rules, masked === text ? marks : rules.marksOf(masked));
}
