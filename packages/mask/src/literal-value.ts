const LITERALS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'undefined',
  'True',
  'False',
  'None',
]);

/** Whether a text is a boolean, or says that there is no value: what a number or a boolean would be under the name of a secret. */
export function isLiteral(value: string): boolean {
  return value.length <= 9 && LITERALS.has(value);
}
