import { isPlaceholder } from '../content/placeholder.js';
import { TRAIT_CLIENT } from '../text-traits.js';
import type { ValueDetector } from './value-detector.js';

const CLIENT = /\b(?:curl|wget|httpie|xh)\b/;
const OPTION = /[\s"']-(?:u|U|-user|-proxy-user)(?:=|[ \t]{0,5})(?=[^\s-])/g;
/** `user:password`, both perhaps quoted, or quoted together. */
const CREDENTIALS =
  /"([^"\r\n]{0,128}:[^"\r\n]{0,256})"(?![:"'])|'([^'\r\n]{0,128}:[^'\r\n]{0,256})'(?![:"'])|((?:"[^"\r\n]{1,128}"|'[^'\r\n]{1,128}'|[^\s"'`:]{0,128}):(?:"[^"\r\n]{0,256}"|'[^'\r\n]{0,256}'|[^\s"'`]{0,256}))/y;
/** Passwords that stand for one in examples. */
const SAMPLE_PASSWORD = /^(?:change(?:it|me)|pass(?:word|wd)?|pwd|test|token|secret|[x*y]+)$/i;

/** User and password that an HTTP client is given in text (`curl -u user:password`, RFC 7617). Examples of them stay. */
export const commandCredentialsDetector: ValueDetector = {
  name: 'command-credentials',
  needs: TRAIT_CLIENT,
  find(text, report) {
    const client = CLIENT.exec(text);
    if (client === null) return;
    OPTION.lastIndex = client.index + client[0].length;
    for (let option = OPTION.exec(text); option !== null; option = OPTION.exec(text)) {
      CREDENTIALS.lastIndex = OPTION.lastIndex;
      const match = CREDENTIALS.exec(text);
      if (match === null) continue;
      const inner = match[1] ?? match[2] ?? match[3] ?? '';
      const start = match.index + (match[3] === undefined ? 1 : 0);
      if (isCredentials(inner)) report(start, start + inner.length);
      OPTION.lastIndex = match.index + match[0].length;
    }
  },
};

function isCredentials(text: string): boolean {
  const colon = text.indexOf(':');
  const user = unquoted(text.slice(0, colon));
  const password = unquoted(text.slice(colon + 1));
  if (user.length + password.length < 3 || stands(user) || stands(password)) return false;
  return !SAMPLE_PASSWORD.test(password);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** Whether a part only says where a value will be put in. */
function stands(part: string): boolean {
  return isPlaceholder(part) || /^(?:\$[\w({]|\{\{|<|\[|\*+$)/.test(part) || part.endsWith('>');
}
