/** Text that is searched for names, and names that are tried. */
const SEARCHED = 65_536;
const MOST = 256;
/** `password=…`, `"token": …`, `--secret …`. */
const ASSIGNED =
  /([\p{L}_$][\p{L}\p{N}_.$-]{0,63})["'\\]{0,3}\s{0,2}[=:]|--?([\p{L}][\p{L}\p{N}_.-]{0,63})/gu;
/** `password hunter2`. */
const SPOKEN = /([\p{L}_$][\p{L}\p{N}_.$-]{0,63})\s/gu;

/** Names in lower case that a text gives values to and that pass a test, each once. */
export function namesInText(text: string, test: (name: string) => boolean): readonly string[] {
  const searched = text.slice(0, SEARCHED);
  const assigned = namesBy(ASSIGNED, searched, test);
  return assigned.length > 0 ? assigned : namesBy(SPOKEN, searched, test);
}

function namesBy(pattern: RegExp, text: string, test: (name: string) => boolean): readonly string[] {
  const found = new Set<string>();
  let tried = 0;
  for (const [, name, option] of text.matchAll(pattern)) {
    tried += 1;
    if (tried > MOST) break;
    const lower = (name ?? option ?? '').toLowerCase();
    if (lower !== '' && test(lower)) found.add(lower);
  }
  return [...found];
}
