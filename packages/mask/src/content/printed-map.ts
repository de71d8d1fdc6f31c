/** The value of a map of Java ends before the next name, or the brace that closes. */
const JAVA = /[^\n{}]{1,256}?(?=, [\w.-]{1,64}=|\}(?:[,}\]).\s]|$))/y;
/** Of a map of Go, too. */
const GO = /[^\n{}[\]]{1,256}?(?= [\w.-]{1,64}:|\](?:[\s\]},)]|$))/y;
const NEAR = 512;

/**
 * The end of a value without quotes in a map as Java (`{user=bob, password=a b, n=1}`) and Go (`map[user:bob password:a b]`) print
 * them: white space and quotes can be in it. `start` when it is none.
 *
 * @param name where the name of the value begins.
 */
export function printedValueEnd(text: string, name: number, start: number): number {
  const sign = text[start - 1];
  if (sign !== '=' && sign !== ':') return start;
  const before = text.slice(Math.max(0, name - NEAR), name);
  const isMap = sign === '=' ? isJavaMap(before) : isGoMap(before);
  if (!isMap) return start;
  const value = sign === '=' ? JAVA : GO;
  value.lastIndex = start;
  return value.test(text) ? value.lastIndex : start;
}

function isJavaMap(before: string): boolean {
  const brace = before.lastIndexOf('{');
  if (!/(?:\{|, )$/.test(before) || brace < 0) return false;
  return brace === before.length - 1 || /^\{[\w.-]{1,64}=[^\n]*$/.test(before.slice(brace));
}

function isGoMap(before: string): boolean {
  return /(?:map\[| )$/.test(before) && before.includes('map[') && !before.includes('\n');
}
