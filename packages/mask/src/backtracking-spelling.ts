/** What other languages spell otherwise, with escapes and classes in between so that they are passed over. */
const FOREIGN = /\\[AzZhHeQ]|\\[\s\S]|\[:\w+:\]|\(\?P<|\(\?P=(\w+)\)|\(\?#[^)]*\)/g;

/** A pattern of another language as JavaScript spells it, with the flags that it begins with. */
export function scriptSpelling(source: string, ignoreCase: boolean): { source: string; flags: string } {
  const leading = /^\(\?([imsu]+)\)/.exec(source);
  const flags = new Set([...(leading?.[1] ?? ''), ...(ignoreCase ? 'i' : '')]);
  flags.delete('u');
  const spelled = source
    .slice(leading?.[0].length ?? 0)
    .replace(FOREIGN, (token, name: string | undefined) => {
      if (name !== undefined) return `\\k<${name}>`;
      if (token === '(?P<') return '(?<';
      if (token === '\\A') return '(?<![\\s\\S])';
      if (token === '\\z' || token === '\\Z') return '(?![\\s\\S])';
      if (token === '\\e') return '\\x1b';
      return token.startsWith('(?#') ? '' : token;
    });
  return { source: spelled, flags: [...flags].join('') };
}
