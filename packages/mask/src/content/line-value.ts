import { looksSecret } from '../detectors/secret-shape.js';
import type { Stretch } from '../stretch.js';
import { knownClient } from './command-options.js';
import type { FoundName } from './found-name.js';
import { groupsEnd } from './number-groups.js';

/** The end of a value of several words, as people and files write it, of which [start, end) is the first; else its `end`. */
export function wordsEnd(text: string, name: FoundName, first: Stretch): number {
  const groups = groupsEnd(text, first.start, first.end);
  if (groups > first.end) return groups;
  const login = loginEnd(text, name, first.end);
  if (login > first.end) return login;
  const person = personEnd(text, name, first);
  return person > first.end ? person : lineValueEnd(text, name, first.end);
}

const LOGIN = /cred(?:ential)?s?$|password$/i;
const PASSWORD = /^[ \t]{0,2}[/|][ \t]{0,2}([^\s,;)}\]"'<>]{4,128})/;

/** The end of user and password that people part with a stroke (`bad credentials: bob / x`), of which the first ends at `end`; else `end`. */
function loginEnd(text: string, name: FoundName, end: number): number {
  const [whole = '', password = ''] = LOGIN.test(name.text)
    ? (PASSWORD.exec(text.slice(end, end + 136)) ?? [])
    : [];
  return looksSecret(password) || /\d/.test(password) ? end + whole.length : end;
}

/** Behind what opens a line, as files of settings write it. */
const LINE_START = /(?:^|\n)[ \t]{0,64}(?:- |export )?["']?$/;
/** A line with one name and its value, or the head of a section. */
const SETTING =
  /^[ \t]{0,64}(?:(?:- |export )?["']?[A-Za-z_][\w.-]{0,64}["']?[ \t]{0,16}[:=](?![:=])|\[[^\]\n]{1,64}\][ \t]*$|---$)/;
/** Another pair on the same line, as a record of a log has several; a default of a program; a source of names of a system. */
const PAIR = /[ \t,;][\w.-]{1,64}[=:]| = |[,;{(]$|^ ?(?:systemd|files|compat|db|sss|ldap)\b/;
/** `PASS: Run test-1`, `Pin: origin example.org`. */
const STATUS = /^(?:pass|pin)$/i;
const COMMENT = /[ \t](?:#|\/[/*])/;
const LONGEST = 256;

/**
 * The end of a value that goes on to the end of its line, as YAML, INI and `.env` have it: `end` where the lines beside it are no
 * settings, or where something else stands on the line.
 */
function lineValueEnd(text: string, name: FoundName, end: number): number {
  if (end === text.length || STATUS.test(name.text)) return end;
  const before = text.slice(Math.max(0, name.start - 80), name.start);
  const pair = connectionEnd(text, before, end);
  if (pair > end) return pair;
  const element = elementEnd(text, before, end);
  if (element > end) return element;
  const opened = LINE_START.exec(before)?.[0];
  if (opened === undefined || (text[end] !== ' ' && /["']$/.test(opened))) return end;
  const stop = text.slice(end, end + LONGEST).search(/[\r\n]|$/) + end;
  const rest = text.slice(end, stop);
  if (stop === end + LONGEST || PAIR.test(rest) || CLOSES.test(rest)) return end;
  if (
    !isBesideSettings(text, name.start, stop) &&
    !(isSetting(text, name) && !startsProgram(rest, name.text))
  )
    return end;
  const comment = COMMENT.exec(rest);
  return end + rest.slice(0, comment?.index ?? rest.length).trimEnd().length;
}

/** What else can end a line behind a value. */
const CLOSES = /^[\s"'`<>)}\],;]*$/;
/** Of a connection string: to the `;` before the next pair, or the end. */
const CONNECTION_REST = / [^;\n"'<>=]{1,128}(?=;[A-Za-z][A-Za-z ]{1,32}=|;?(?:["'\n]|$))/y;

function connectionEnd(text: string, before: string, end: number): number {
  if (text[end] !== ' ' || !/[A-Za-z]=[^;\n]{1,64}; ?$/.test(before)) return end;
  CONNECTION_REST.lastIndex = end;
  return CONNECTION_REST.test(text) ? CONNECTION_REST.lastIndex : end;
}

const OPENS_ELEMENT = /[[,]\s{0,8}\\?(["'])-{0,2}$/;
const ELEMENT = { '"': /[^"\n]{1,256}(?="\s{0,4}[,\]])/y, "'": /[^'\n]{1,256}(?='\s{0,4}[,\]])/y };

/** The end of a setting in quotes that is an element of a list: `[ 'DB_PASSWORD=a b' ]`; else `end`. */
function elementEnd(text: string, before: string, end: number): number {
  const quote = ' ;,&'.includes(text[end] ?? '\n') ? OPENS_ELEMENT.exec(before)?.[1] : undefined;
  if (quote !== '"' && quote !== "'") return end;
  const element = ELEMENT[quote];
  element.lastIndex = end;
  return element.test(text) ? element.lastIndex : end;
}

/** `REDISCLI_AUTH=x redis-cli`: a program gets the variable. */
const PROGRAM = /^ ([a-z][a-z0-9.-]{1,24})(?: |$)/;
const VARIABLE = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/;
/** What else only a program is given: an option, a path, a file. */
const ARGUMENT = / (?:-{1,2}[a-z]|[\w~.-]{0,64}(?:\/[\w.~-]|\.[a-z]{2,4}(?: |$)))/i;
function startsProgram(rest: string, variable: string): boolean {
  const program = PROGRAM.exec(rest)?.[1];
  if (program === undefined) return false;
  // `RESTIC_PASSWORD=x restic snapshots`.
  const isNamed = variable.toLowerCase().startsWith(program);
  return isNamed || knownClient(program) !== undefined || ARGUMENT.test(rest.slice(program.length + 1));
}

const HEADER = /^[A-Z][A-Za-z]*(?:-[A-Z][A-Za-z]*)+$/;

/** Whether the whole text is a setting of an environment, or a header: `DB_PASSWORD=a b`. */
function isSetting(text: string, name: FoundName): boolean {
  if (name.start > 7 || !/^(?:export )?$/.test(text.slice(0, name.start)) || text.includes('\n'))
    return false;
  const sign = text[name.end];
  return (sign === '=' && VARIABLE.test(name.text)) || (sign === ':' && HEADER.test(name.text));
}

/** Whether the line before, or the one behind, is a setting, and neither is anything else. */
function isBesideSettings(text: string, nameStart: number, stop: number): boolean {
  const lineStart = text.lastIndexOf('\n', nameStart - 1) + 1;
  const before =
    text
      .slice(Math.max(0, lineStart - LONGEST), Math.max(0, lineStart - 1))
      .split('\n')
      .pop() ?? '';
  const behind = text.slice(stop).slice(0, LONGEST).split('\n')[1] ?? '';
  const lines = [before, behind]
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s*#/.test(line));
  return lines.length > 0 && lines.every((line) => SETTING.test(line));
}

const PERSON_NAME = /(?:name|person|holder|contact)$/i;
const CAPITALISED = /^\p{Lu}[\p{L}'-]{1,32}$/u;
const MORE_NAMES = /^(?: (?:\p{Lu}\.|\p{Lu}[\p{L}'-]{1,32})){1,3}(?![\w.:=-])/u;

/** The end of a person's name (`first_name: Mary Ann`) of which [start, end) is the first word; else `end`. */
function personEnd(text: string, name: FoundName, { start, end }: Stretch): number {
  if (end - start > 33 || !PERSON_NAME.test(name.text) || !CAPITALISED.test(text.slice(start, end)))
    return end;
  return end + (MORE_NAMES.exec(text.slice(end, end + 104))?.[0].length ?? 0);
}
