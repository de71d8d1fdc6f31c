import { unspacedCodeNames } from '../told-code-names.js';
import { unspacedNames } from '../unspaced-names.js';
import { looksSecret } from './secret-shape.js';

/** Words before a number that tell a one-time code, in sentences as senders of codes write them. */

/** What else has a code: addresses, products, errors. */
const OTHER_CODE =
  /(?:zip|postal|post|country|area|dial(?:ling)?|error|status|exit|response|promo(?:tion)?|discount|coupon|voucher|gift|product|order|referral|invite|sort|bank|swift|qr|bar|source|tax|booking|color|colour|language|class)$/i;
/** `Your Uber code is 2856`. Group 1: whose it is. */
const BRAND =
  /\b(?:Your|your|YOUR) (?:([A-Z0-9][\w.&'-]{0,24}(?:(?: of| for| the)? [A-Z0-9][\w.&'-]{0,24}){0,3}) )?[Cc]ode(?:(?: is| was):?|:) {1,2}/g;
const OWNED = '(?:ihr|dein|votre|ton|tu|su|il tuo|seu|uw|je|ditt|din|din|twój|ваш)';
const KINDS = [
  '(?:bestätigungs|sicherheits|verifizierungs|anmelde|einmal|zugangs|freischalt|aktivierungs|verificatie|beveiligings)-?code',
  `${OWNED} (?:[\\w.-]{1,24}[ -])?(?:code|kode?|код|c[oó]digo|codice)`,
  'code de (?:vérification|sécurité|confirmation|connexion|validation)',
  'c[oó]digo de (?:verificaci[oó]n|seguridad|confirmaci[oó]n|acceso|activaci[oó]n|verificação|segurança|confirmação|acesso)',
  'codice di (?:verifica|sicurezza|conferma|accesso)',
  'kod (?:weryfikacyjny|potwierdzający)',
  '(?:doğrulama|onay) kodu(?:nuz)?|(?:verifierings|bekräftelse)kod',
  'код (?:подтверждения|проверки|доступа|безопасности|активации|для входа)',
];
/** Whose it is, or for what, unless it is another code. */
const OWNER =
  "(?! (?:postale?|promo|produit|client|pays|erreur|article|fiscal|de (?:barras?|barre|pa[íi]s|[áa]rea|error|producto|cliente|descuento|réduction|pays)))(?: (?:(?:für|pour|para|per|voor|для|de|di) )?[\\p{L}\\d][\\p{L}\\w.'-]{1,24}){0,3}?";
const VERBS = 'lautet|ist|est|es|è|é|jest|är|er|to|is';
const ELSEWHERE = new RegExp(
  `(?<![\\p{L}\\d])(?:${KINDS.join('|')})(?:${OWNER}(?: (?:${VERBS})[: ]{1,3}|[ ]?[:：-] {0,2})| (?=\\d))`,
  'giu',
);
const UNSPACED_NAMES = `(?:${unspacedCodeNames})`;
const UNSPACED = new RegExp(`${UNSPACED_NAMES}(?:是|为|為|は|는|은)?[ :：「【\\[(（]{0,3}`, 'gu');
/** `密码是x`: no blank and no sign stands between. */
const TOLD_PASSWORD = new RegExp(`(?:${unspacedNames})(?:是|为|為|は|는|은)[ :：]{0,2}([!-~]{6,64})`, 'gu');
const BEFORE_UNSPACED = new RegExp(
  `(?<![\\d.])(\\d{4,8})(?=[ 】」]{0,2}(?:[（(为為是は]|（)[^\\d\\s]{0,8}${UNSPACED_NAMES})`,
  'gu',
);
/** The last line of a message that a browser may read: `@example.com #123456`. */
const BOUND = /@[\w.-]{3,64} #(\d{4,10})(?!\d)/g;
const TAGS = /(?:\s{0,8}<[^<>]{1,128}>){1,4}\s{0,8}/y;
const CODE = /(?:[A-Z]-)?\d{3}[- ]\d{3}(?!\d)|\d{4,10}(?![\d.,]\d|\d)/y;

type Found = readonly [start: number, end: number];

/** The codes that such words tell, in no order. @param text attacker-controlled. */
export function toldCodes(text: string): readonly Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(BRAND)) {
    if (OTHER_CODE.test(match[1] ?? '')) continue;
    noteCode(text, match.index + match[0].length, found);
  }
  for (const pattern of [ELSEWHERE, UNSPACED])
    for (const match of text.matchAll(pattern)) noteCode(text, match.index + match[0].length, found);
  for (const { 0: whole, index, 1: word = '' } of text.matchAll(TOLD_PASSWORD))
    if (looksSecret(word)) found.push([index + whole.length - word.length, index + whole.length]);
  for (const { index, 1: code = '' } of text.matchAll(BEFORE_UNSPACED))
    found.push([index, index + code.length]);
  for (const match of text.matchAll(BOUND)) {
    const end = match.index + match[0].length;
    found.push([end - (match[1] ?? '').length, end]);
  }
  return found;
}

/** Notes the code that stands at an offset, also behind the tags of a letter. */
export function noteCode(text: string, at: number, found: Found[]): void {
  TAGS.lastIndex = at;
  CODE.lastIndex = TAGS.test(text) ? TAGS.lastIndex : at;
  const code = CODE.exec(text);
  if (code !== null) found.push([code.index, code.index + code[0].length]);
}
