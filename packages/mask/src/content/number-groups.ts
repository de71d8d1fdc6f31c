const FIRST_GROUP = /^(?:\+\d{1,3}|\(?\d{1,6}\)?)$/;
/** Groups of a number as people write it: no date or time, no number with a unit behind it. */
const MORE_GROUPS = /^(?! \d{4}-\d\d-\d\d)\)?(?:[ -]\(?\d{2,8}\)?){1,6}(?![\w:/-]|[.,]\d)/;
const SHORTEST = 6;
/** An account number in groups of four. */
const ACCOUNT = /^[A-Z]{2}\d{2}$/;
const MORE_OF_ACCOUNT = /^(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?(?!\w)/;
/** A password of an app, as Google shows it. */
const LETTERS = /^[a-z]{4}$/;
const MORE_LETTERS = /^(?: [a-z]{4}){3}(?!\w)/;
/** `12 May 1990`, behind its first number. */
const REST_OF_DATE = /^[.]? [A-Z][a-z]{2,8}\.?,? \d{4}(?!\w)/;
const LONGEST = 48;

/** The end of a number in groups (`0161 496 0000`) of which [start, end) is the first one; else `end`. */
export function groupsEnd(text: string, start: number, end: number): number {
  if (end - start > 7) return end;
  const first = text.slice(start, end);
  const rest = text.slice(end, end + LONGEST);
  if (ACCOUNT.test(first)) return end + lengthOf(MORE_OF_ACCOUNT, rest);
  if (LETTERS.test(first)) return end + lengthOf(MORE_LETTERS, rest);
  if (!FIRST_GROUP.test(first)) return end;
  const groups = lengthOf(MORE_GROUPS, rest);
  const digits = (first + rest.slice(0, groups)).replace(/\D/g, '').length;
  return end + (digits >= SHORTEST ? groups : lengthOf(REST_OF_DATE, rest));
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
