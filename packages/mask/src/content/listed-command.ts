import type { ContentRules } from '../content-rules.js';
import { redisCommand } from './redis-commands.js';

/** So much of what stands before a list tells whose words it holds. In UTF-16 units. */
export const BEFORE_LIST: number = 320;
const ARGUMENTS = /args\\{0,7}["']?:\s{0,8}$/;
/** `path: 'mysql'`, `spawn mysql ENOENT`, in an error of `child_process`; what a task or an attribute has beside its arguments. */
const PROGRAM =
  /(?:path|command|cmd|(?:spawn)?file|program|executable(?:\.name)?)\\{0,7}["']?:\s{0,4}(?:\[\s{0,8})?\\{0,7}["']([^'"\\\s]{1,200})|\bspawn(?:Sync)? ([^\s'",\\]{1,200})|[{}]/g;
/** `name: 'hset', args: `, in an error of ioredis. */
const REDIS_MEMBERS =
  /\bname\\{0,7}["']?:\s{0,4}\\{0,7}["'`]([A-Za-z][\w.]{1,20})\\{0,7}["'`],\s{0,16}[\\"']{0,8}args\\{0,7}["']?:\s{0,8}$/;
/** `0 -> auth(`, in its debug lines; what a reply complains of. */
const REDIS_CALL = /-> ([a-z][\w.]{1,20})\($|'([a-z][\w.]{1,20})' command, args: $/;

/** The program that was started with the words of a list, by the text before it; undefined when it tells none. */
export function programBefore(before: string): string | undefined {
  if (!ARGUMENTS.test(before.slice(-32))) return undefined;
  // What another object holds says nothing of these.
  let depth = 0;
  for (const [sign, member, spawned] of [...before.slice(-BEFORE_LIST).matchAll(PROGRAM)].reverse()) {
    if (sign === '}') depth += 1;
    else if (sign === '{') depth -= 1;
    else if (depth === 0 && member !== undefined) return member;
    else if (depth <= 0 && spawned !== undefined) return spawned;
  }
  return undefined;
}

/** The command of Redis whose arguments a list holds, by the text before it, in lower case; undefined when it is none. */
export function redisBefore(before: string): string | undefined {
  if (!/args\\{0,7}["']?:\s{0,8}$|\($/.test(before.slice(-24))) return undefined;
  const near = before.slice(-128);
  const [, command, replied] = REDIS_MEMBERS.exec(near) ?? REDIS_CALL.exec(near) ?? [];
  return (command ?? replied)?.toLowerCase();
}

const LOGIN_END = /^(?:setname|keys|copy|replace)$/i;

/** The names of those arguments of a command of Redis that are secrets, by their index: logins, and what is stored under such a name. */
export function redisSecrets(
  command: string,
  args: readonly string[],
  rules: ContentRules,
): ReadonlyMap<number, string> {
  if (command === 'auth') return new Map(args.map((_, index) => [index, 'password'] as const));
  const named = new Map<number, string>();
  if (command === 'hello' || command === 'migrate') {
    const login = args.findIndex((word) => /^auth2?$/i.test(word));
    for (let at = login + 1; login >= 0 && at < args.length; at += 1) {
      if (at > login + 1 && LOGIN_END.test(args[at] ?? '')) break;
      named.set(at, 'password');
    }
  } else if (command === 'acl') {
    for (const [index, word] of args.entries()) if (/^[><#!]./.test(word)) named.set(index, 'password');
  } else {
    for (const [key, value] of storedPairs(command, args)) {
      const word = args[key] ?? '';
      const name = word.slice(word.lastIndexOf(':') + 1);
      // Asked for the mask text, the rules count no hit.
      if (rules.maskForName(name, 'member', rules.mask) !== undefined) named.set(value, name);
    }
  }
  return named;
}

/** Where names and what is stored under them stand among the arguments of a command. */
function storedPairs(command: string, args: readonly string[]): readonly (readonly [number, number])[] {
  const form =
    command === 'config' && /^set$/i.test(args[0] ?? '')
      ? ({ arguments: 'pairs', kept: 1 } as const)
      : redisCommand(command);
  if (form?.arguments === 'value' || form?.arguments === 'rest')
    return form.kept < args.length ? [[0, form.kept]] : [];
  if (form?.arguments !== 'pairs') return [];
  const pairs: (readonly [number, number])[] = [];
  for (let at = form.kept; at + 1 < args.length; at += 2) pairs.push([at, at + 1]);
  return pairs;
}
