import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isMaskedValue } from './masked-value.js';
import { leadingOptions, type RedisCommand, redisCommand, trailingOptions } from './redis-commands.js';
import { readWireCommands, type RedisWord as Word } from './resp-text.js';
import { TextRewrite } from './text-rewrite.js';

const PARAMETER = '?';
const OTHER_ARGUMENTS = /^\[\d{1,9} other arguments\]$/;
const FIELD_NAME = /^[A-Za-z_][\w.:-]{0,63}$/;
const STREAM_ID = /^(?:\*|\d{1,20}-(?:\d{1,20}|\*))$/;
/** `address1` is a name, though it has a digit. */
const NUMBERED_FIELD = /^[a-z]{1,16}[_-]?\d$/i;

interface Output {
  readonly rewrite: TextRewrite;
  readonly rules: ContentRules;
}

/**
 * Replaces what Redis commands store, send and authenticate with by `?`. Keys and field names stay unless they look
 * secret. A pipeline has a command on every line; lines that begin with no command go on with the value before them.
 *
 * @param text attacker-controlled; words stand apart by white space, perhaps in double quotes.
 */
export function maskRedisText(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const wired = readWireCommands(text);
  if (wired !== undefined) {
    for (const words of wired) {
      if (isCommandName(words[0]?.text ?? '')) maskCommand(words, { rewrite, rules });
      else maskUnknown(words, { rewrite, rules });
    }
    return rewrite.toString();
  }
  let storesValue = false;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const words = splitWords(text, start, end);
    const name = words[0]?.text ?? '';
    if (/^eval(?:_ro)?$/i.test(name) && words.length > 1) {
      replaceWords(splitWords(text, start, text.length).slice(1), { rewrite, rules });
      break;
    }
    const isCommand = isCommandName(name);
    if (isCommand) maskCommand(words, { rewrite, rules });
    else if (storesValue && !/^[A-Z]*$/.test(name)) replaceWords(words, { rewrite, rules });
    else maskUnknown(words, { rewrite, rules });
    storesValue = isCommand ? redisCommand(name)?.arguments !== 'keys' : storesValue;
    start = end + 1;
  }
  return rewrite.toString();
}

/** Nobody knows which argument of an unknown command is a value: the first one, mostly a key, stays alone. */
function maskUnknown(words: readonly Word[], output: Output): void {
  const args = withoutOthers(words.slice(1));
  maskKeys(words.slice(0, 1), output);
  maskKeys(args.slice(0, 1), output);
  replaceWords(args.slice(1), output);
}

/** The words of one command, all of them keys, flags and numbers. */
export function maskStoreKeys(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  maskKeys(splitWords(text, 0, text.length), { rewrite, rules });
  return rewrite.toString();
}

function splitWords(text: string, from: number, to: number): readonly Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    if (text.charCodeAt(at) <= 0x20) {
      at += 1;
      continue;
    }
    const end = text[at] === '"' ? quotedEnd(text, at, to) : wordEnd(text, at, to);
    words.push({ start: at, end, text: text.slice(at, end) });
    at = end;
  }
  return words;
}

function wordEnd(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && text.charCodeAt(end) > 0x20) end += 1;
  return end;
}

function quotedEnd(text: string, at: number, to: number): number {
  for (let end = at + 1; end < to; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === '"') return wordEnd(text, end, to);
  }
  return to;
}

const SPECIAL: ReadonlySet<string> = new Set(
  'HELLO CONFIG ACL MIGRATE SCRIPT FUNCTION SENTINEL BITFIELD'.split(' '),
);

function isCommandName(name: string): boolean {
  return redisCommand(name) !== undefined || SPECIAL.has(name.toUpperCase());
}

function maskCommand(words: readonly Word[], output: Output): void {
  const name = (words[0]?.text ?? '').toUpperCase();
  const args = withoutOthers(words.slice(1));
  if (SPECIAL.has(name)) {
    maskSpecial(name, args, output);
    return;
  }
  const command = redisCommand(name);
  if (command === undefined) return;
  if (command.arguments === 'keys') maskKeys(args, output);
  else if (command.arguments === 'stream') maskStream(args, output);
  else if (command.arguments === 'pairs' || command.arguments === 'triples') maskPairs(args, command, output);
  else maskRest(args, command, output);
}

function maskSpecial(name: string, args: readonly Word[], output: Output): void {
  const verb = (args[0]?.text ?? '').toUpperCase();
  if (name === 'HELLO' || name === 'MIGRATE') {
    maskLogin(args, output);
  } else if (name === 'BITFIELD') {
    maskBitfield(args, output);
  } else if (name === 'CONFIG') {
    if (verb === 'SET') replaceEverySecond(args.slice(2), output);
  } else if (name === 'ACL' || name === 'SENTINEL') {
    if (verb === 'SETUSER' || verb === 'SET' || verb === 'DELUSER') replaceWords(args.slice(2), output);
  } else if (verb === 'LOAD') {
    replaceWords(args.slice(1), output);
  }
}

/** `AUTH user password`, `AUTH password`, `AUTH2 user password`: all that stands before the next option. */
function maskLogin(args: readonly Word[], output: Output): void {
  const login = args.findIndex(({ text }) => /^auth2?$/i.test(text));
  if (login < 0) return;
  const rest = args.slice(login + 1);
  const next = rest.findIndex(
    ({ text }, index) => index > 0 && /^(?:setname|keys|copy|replace)$/i.test(text),
  );
  replaceWords(next < 0 ? rest : rest.slice(0, next), output);
}

function maskBitfield(args: readonly Word[], { rewrite }: Output): void {
  for (let index = 1; index < args.length; index += 1) {
    const value = /^set$/i.test(args[index]?.text ?? '') ? args[index + 3] : undefined;
    if (value !== undefined) rewrite.replace(value.start, value.end, PARAMETER);
  }
}

function replaceEverySecond(args: readonly Word[], output: Output): void {
  if (args.length > 2 && args.length % 2 === 1) {
    replaceWords(args, output);
    return;
  }
  const values = args.length === 1 ? args : args.filter((_, index) => index % 2 === 1);
  for (const value of values) replaceWords([value], output);
}

function maskRest(args: readonly Word[], command: RedisCommand, output: Output): void {
  maskKeys(args.slice(0, command.kept), output);
  const rest = args.slice(command.kept);
  const options = command.arguments === 'value' ? trailingOptions(rest.map(({ text }) => text)) : 0;
  replaceWords(rest.slice(0, rest.length - options), output);
}

/** `XADD key [options] id field value …`: the pairs begin behind the id. */
function maskStream(args: readonly Word[], output: Output): void {
  const id = args.findIndex(({ text }, index) => index > 0 && STREAM_ID.test(text));
  maskPairs(args, { arguments: 'pairs', kept: Math.max(id + 1, 1) }, output);
}

/** A group too short or too long means that values hold spaces: then nobody knows which word is a value. */
function maskPairs(args: readonly Word[], command: RedisCommand, output: Output): void {
  const { kept } = command;
  const step = command.arguments === 'triples' ? 3 : 2;
  maskKeys(args.slice(0, kept), output);
  const all = args.slice(kept);
  const rest = all.slice(step === 2 && kept === 0 ? 0 : leadingOptions(all.map(({ text }) => text)));
  if (rest.length < step) return;
  const fits = rest.length % step === 0;
  const named = rest.every(({ text }, index) => index % step === step - 1 || isFieldName(text));
  if (!fits || !named) {
    replaceWords(rest, output);
    return;
  }
  for (let index = step - 1; index < rest.length; index += step)
    replaceWords(rest.slice(index, index + 1), output);
}

function isFieldName(text: string): boolean {
  if (/^[+-]?(?:\d{1,20}(?:\.\d{1,20})?|inf)$/i.test(text)) return true;
  return FIELD_NAME.test(text) && (NUMBERED_FIELD.test(text) || !looksSecret(text));
}

/** One `?` for all the words. */
function replaceWords(words: readonly Word[], { rewrite, rules }: Output): void {
  const first = words[0];
  const last = words[words.length - 1];
  if (first === undefined || last === undefined) return;
  if (words.length === 1 && isMaskedValue(first.text, rules)) return;
  if (words.every(({ text }) => text === PARAMETER)) return;
  rewrite.replace(first.start, last.end, PARAMETER);
}

/** The words less `[2 other arguments]`, as OpenTelemetry JS writes it, at the end. */
function withoutOthers(words: readonly Word[]): readonly Word[] {
  const tail = words.slice(-3);
  return OTHER_ARGUMENTS.test(tail.map(({ text }) => text).join(' ')) ? words.slice(0, -3) : words;
}

/** `session:…` and its like: what follows the name of a secret is masked when it looks random. */
function maskKeys(words: readonly Word[], { rewrite, rules }: Output): void {
  for (const { start, end, text } of words) {
    const masked = maskKey(text, rules);
    if (masked !== text) rewrite.replace(start, end, masked);
  }
}

/** `token:5`: an id of a row; a code has more digits, or its name says so. */
const NUMBERED_KEY =
  /^(?!.{0,128}(?:otp|pin|code|cv[vc2]))[\w.-]{1,64}(?::[a-z]{1,24}){0,3}(?::\d{1,5}){1,3}$/i;

/** `token:usage`: words of a language say what a key is for. */
const PLAIN_KEY = /^[a-z]{1,24}(?::[a-z]{1,12}){1,6}$/;

function maskKey(key: string, rules: ContentRules): string {
  if (NUMBERED_KEY.test(key) || PLAIN_KEY.test(key)) return key;
  const parts = key.length <= 512 ? key.split(':') : [key];
  const masked = parts.map((part, index) => {
    const name = parts[index - 1];
    const hides = name !== undefined && looksSecret(part) && rules.maskForName(name, 'assignment', part);
    return hides || part;
  });
  return rules.maskText(masked.join(':'));
}
