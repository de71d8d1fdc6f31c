import type { ContentRules } from '../content-rules.js';
import { maskCommandLine } from './command-line.js';
import { KNOWN_CLIENTS, looksLikeCommand } from './command-options.js';
import { isMaskedValue } from './masked-value.js';
import { isExample } from './placeholder.js';
import { TextRewrite } from './text-rewrite.js';

const CLIENT = new RegExp(
  `(?<![\\w.@-])(${KNOWN_CLIENTS.join('|')})(?:\\.exe)?[ \\t]{1,8}(?=[^\\s=:])`,
  'gi',
);

/**
 * Masks the command lines of known clients in other text (`Command failed: mysql -u root -pS3cret`): from the name of the
 * client to the end of its line, or the quote around the command.
 *
 * @param text attacker-controlled.
 */
export function maskCommandsInText(text: string, rules: ContentRules): string {
  return maskClients(maskPiped(text, rules), rules);
}

/** `echo SECRET | docker login --password-stdin`, `echo user:SECRET | chpasswd`. */
const PIPED =
  /(\b(?:echo|printf)[ \t]{1,4}(?:-[neE]{1,3}[ \t]{1,4})?)("[^"\n]{1,256}"|'[^'\n]{1,256}'|[^\s|;&"'$]{1,256})(?=[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?(?:chpasswd\b|passwd[ \t]{1,4}--stdin|sudo[ \t]{1,4}-S|[^|\n]{1,200}--(?:password|token)-stdin))/g;

function maskPiped(text: string, rules: ContentRules): string {
  if (!/\b(?:echo|printf)\s/.test(text)) return text;
  return text.replace(PIPED, (whole, command: string, word: string) => {
    const quote = /^["']/.test(word) ? word.slice(0, 1) : '';
    const value = quote === '' ? word : word.slice(1, -1);
    return isMaskedValue(value, rules) || isExample(value) ? whole : command + quote + rules.mask + quote;
  });
}

function maskClients(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const clients = new RegExp(CLIENT);
  for (let found = clients.exec(text); found !== null; found = clients.exec(text)) {
    const start = found.index;
    const end = commandEnd(text, start);
    const command = text.slice(start, end);
    const name = found[1] ?? '';
    if (looksLikeCommand(name.toLowerCase(), command.slice(name.length)))
      rewrite.replace(start, end, maskCommandLine(command, rules));
    clients.lastIndex = Math.max(end, clients.lastIndex);
  }
  return rewrite.toString();
}

function commandEnd(text: string, start: number): number {
  const opener = quoteBefore(text, start);
  for (let end = start; end < text.length; end += 1) {
    const character = text[end];
    if (character === '\n' || character === opener) return end;
    // A backslash at the end of a line takes the next one in.
    if (character === '\\') end += text.startsWith('\r\n', end + 1) ? 2 : 1;
  }
  return text.length;
}

/** The quote before a command, perhaps with a path in between (`"/usr/bin/curl …"`), or ''. */
function quoteBefore(text: string, start: number): string {
  return /(["'`])(?:[\w./\\:-]{0,128}[/\\])?$/.exec(text.slice(Math.max(0, start - 130), start))?.[1] ?? '';
}
