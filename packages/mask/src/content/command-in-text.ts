import type { ContentRules } from '../content-rules.js';
import { maskCommandLine } from './command-line.js';
import { KNOWN_CLIENTS, looksLikeCommand } from './command-options.js';
import { TextRewrite } from './text-rewrite.js';

const CLIENT = new RegExp(
  `(?<![\\w.@-])(${KNOWN_CLIENTS.join('|')})(?:\\.exe)?[ \\t]{1,8}(?=[^\\s=:])`,
  'gi',
);

/** What is read of a line to tell whether it is a command. In UTF-16 units. */
const REACH = 512;

/**
 * Masks the command lines of known clients in other text (`Command failed: mysql -u root -pS3cret`): from the name of the
 * client to the end of its line, or the quote around the command.
 *
 * @param text attacker-controlled.
 */
export function maskCommandsInText(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const clients = new RegExp(CLIENT);
  for (let found = clients.exec(text); found !== null; found = clients.exec(text)) {
    const start = found.index;
    const name = found[1] ?? '';
    const behind = start + name.length;
    const near = text.slice(behind, behind + REACH);
    const line = near.indexOf('\n');
    if (!looksLikeCommand(name.toLowerCase(), line < 0 ? near : near.slice(0, line))) continue;
    const end = commandEnd(text, start);
    rewrite.replace(start, end, maskCommandLine(text.slice(start, end), rules));
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
