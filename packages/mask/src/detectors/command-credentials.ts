import { isPlaceholder } from '../content/placeholder.js';
import { TRAIT_CLIENT } from '../text-traits.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

const CLIENT = /\b(?:curl|wget|httpie|xh)\b/;
const OPTION = /[\s"']-(?:u|U|-user|-proxy-user)(?:=|[ \t]{0,5})(?=[^\s-])/g;
/** `user:password`, both perhaps quoted, or quoted together. */
const CREDENTIALS =
  /"([^"\r\n]{0,128}:[^"\r\n]{0,256})"(?![:"'])|'([^'\r\n]{0,128}:[^'\r\n]{0,256})'(?![:"'])|((?:"[^"\r\n]{1,128}"|'[^'\r\n]{1,128}'|[^\s"'`:]{0,128}):(?:"[^"\r\n]{0,256}"|'[^'\r\n]{0,256}'|[^\s"'`]{0,256}))/y;
/** Passwords that stand for one in examples. */
const SAMPLE_PASSWORD = /^(?:change(?:it|me)|pass(?:word|wd)?|pwd|test|token|secret|[x*y]+)$/i;

/**
 * What clients are given on their command lines, in text: user and password (`curl -u user:password`, RFC 7617) and passwords
 * behind short options (`mysql -p…`, `docker login -p …`). Examples stay.
 */
export const commandCredentialsDetector: ValueDetector = {
  name: 'command-credentials',
  needs: TRAIT_CLIENT,
  find(text, reportAll) {
    const found: (readonly [start: number, end: number])[] = [];
    const report: ReportMatch = (start, end) => {
      found.push([start, end]);
    };
    if (/sshpass|mysql|mariadb|login|redis-cli|mongo/.test(text)) findPasswords(text, report);
    const client = CLIENT.exec(text);
    if (client !== null) findUsers(text, client.index + client[0].length, report);
    let done = 0;
    for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
      if (start >= done) reportAll(start, end);
      done = Math.max(done, end);
    }
  },
};

/** Passwords behind the options of clients. An option without one asks for it. */
const PASSWORD =
  /\b(?:sshpass[ \t]{1,4}-p[ \t]{0,4}|(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)[ \t](?:[^\s|;]{1,64}[ \t]{1,4}){0,6}?-p|(?:docker|podman|oc|az|helm|cf|nerdctl|crane)[ \t](?:[^\s|;]{1,64}[ \t]{1,4}){0,2}?login[ \t]{1,4}(?:[^\s|;]{1,64}[ \t]{1,4}){0,6}?(?:-p|--password)[ \t=]{1,4}|redis-cli[ \t](?:[^\s|;]{1,64}[ \t]{1,4}){0,6}?-a[ \t]{1,4}|(?:mongo|mongosh|mongodump|mongorestore)[ \t](?:[^\s|;]{1,64}[ \t]{1,4}){0,6}?-p[ \t]{1,4})(["']?)([^\s"'|;]{3,256})\1/g;

function findPasswords(text: string, report: ReportMatch): void {
  PASSWORD.lastIndex = 0;
  for (let match = PASSWORD.exec(text); match !== null; match = PASSWORD.exec(text)) {
    const [whole, quote = '', password = ''] = match;
    const end = match.index + whole.length - quote.length;
    if (!stands(password) && !password.startsWith('-')) report(end - password.length, end);
  }
}

function findUsers(text: string, from: number, report: ReportMatch): void {
  OPTION.lastIndex = from;
  for (let option = OPTION.exec(text); option !== null; option = OPTION.exec(text)) {
    CREDENTIALS.lastIndex = OPTION.lastIndex;
    const match = CREDENTIALS.exec(text);
    if (match === null) continue;
    const inner = match[1] ?? match[2] ?? match[3] ?? '';
    const start = match.index + (match[3] === undefined ? 1 : 0);
    if (isCredentials(inner)) report(start, start + inner.length);
    OPTION.lastIndex = match.index + match[0].length;
  }
}

function isCredentials(text: string): boolean {
  const colon = text.indexOf(':');
  const user = unquoted(text.slice(0, colon));
  const password = unquoted(text.slice(colon + 1));
  if (user.length + password.length < 3 || stands(user) || stands(password)) return false;
  // The ids of a user and a group: `docker run -u 1000:1000`.
  return !SAMPLE_PASSWORD.test(password) && !/^\d{1,6}:\d{1,6}$/.test(text);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/** Whether a part only says where a value will be put in. */
function stands(part: string): boolean {
  return isPlaceholder(part) || /^(?:\$[\w({]|\{\{|<|\[|\*+$)/.test(part) || part.endsWith('>');
}
