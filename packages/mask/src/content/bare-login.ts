import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isExampleCredentials, isPlaceholder } from './placeholder.js';

/** `alice:x@host:5432`: a port says that it is no address of another kind. */
const WITH_PORT =
  /(?<![\w@.:/%+-])([A-Za-z][\w.+-]{0,63}):([^\s@/"'`<>(){}]{3,128})@(?=[A-Za-z0-9.-]{1,253}:\d{2,5}(?![\w:.]))/g;
/** `alice:x!y@host.example`: no address of mail has the sign. And a scheme without its colon: `postgres//app:x@db`. */
const SIGNED =
  /(?:(?<![\w@.:/%+-])|(?<=[A-Za-z]\/\/))([A-Za-z][\w.+-]{0,63}):((?=[^\s@/"'`<>(){}]{0,128}[!#$^&*|])[^\s@/"'`<>(){}]{3,128}|(?<=[A-Za-z]\/\/[^/]{0,65})[^\s@/"'`<>(){}]{3,128})@(?=[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})|[\w-]{1,63}\/)/g;
/** `scott/x@//host:1521/XE`, `connect scott/x@orcl`, `target sys/x@db`. */
const ORACLE =
  /(?:(?<![\w@./:-])([A-Za-z]\w{0,29})\/([^\s@/"'`<>]{3,128})@(?=\/\/[\w.-]|[A-Za-z][\w.-]{0,127}:\d{4,5}\/\w)|(?<=\b(?:conn|connect|target|catalog|auxiliary)[ \t])(\w{1,30})\/([^\s@/"'`<>]{3,128})@(?=\w))/gi;
/** Before the colon of something else. */
const NO_USER =
  /^(?:sips?|mailto|xmpp|acct|urn|tel|ssh|git|user(?:name)?|login|email|from|to|by|host|address|npm|docker|image|r?2?j?dbc|odbc)$/i;

/**
 * Masks user and password of connections that are written without a scheme.
 *
 * @param text attacker-controlled.
 */
export function maskBareLogins(text: string, rules: ContentRules): string {
  if (!text.includes('@')) return text;
  const put = (whole: string, user: string, password: string): string => {
    const isTold = isMaskedValue(password, rules) || isPlaceholder(password);
    if (isTold || NO_USER.test(user) || isExampleCredentials(`${user}:${password}`)) return whole;
    return `${rules.mask}${whole[user.length] ?? ':'}${rules.mask}@`;
  };
  return text
    .replace(WITH_PORT, put)
    .replace(SIGNED, put)
    .replace(ORACLE, (whole, ...[user, password, named, given]: (string | undefined)[]) =>
      put(whole, user ?? named ?? '', password ?? given ?? ''),
    );
}
