/** The end of a URL or path that starts at `at`, without the punctuation of the sentence around it. */
export function urlEnd(text: string, at: number, mask: string): number {
  const quote = text[at - 1] === "'" ? 0x27 : 0;
  let end = at;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (mask !== '' && code === mask.charCodeAt(0) && text.startsWith(mask, end)) end += mask.length;
    // `[![badge](https://…)](https://…)`: the next address.
    else if (code <= 0x20 || code === quote || endsUrl(code) || text.startsWith(')](', end)) break;
    else end += 1;
  }
  while (end > at && ".,;:!?'".includes(text[end - 1] ?? ' ')) end -= 1;
  const last = text[end - 1];
  const isOpen = last === ')' && text.slice(at, end).includes('(');
  return last === ')' && !isOpen ? end - 1 : end;
}

/** The last place in [least, most] that is inside of no URL, path or query which ends behind `most`. */
export function nearStart(text: string, least: number, most: number): number {
  let mayBeUrl = false;
  for (let at = most; at > least; at -= 1) {
    const code = text.charCodeAt(at - 1);
    if (code <= 0x20 || endsUrl(code)) return at;
    if (code === 0x2f || code === 0x3f) mayBeUrl = true;
  }
  return mayBeUrl ? least : Math.max(least, most);
}

function endsUrl(code: number): boolean {
  return code === 0x22 || code === 0x3c || code === 0x3e || code === 0x60 || code === 0x5c || code === 0xa0;
}
