/** Prints a line on standard error, which is a line of the function's log. Takes names and kinds, never a value. */
export function tell(text: string): void {
  process.stderr.write(`spanseal: error: ${text}\n`);
}
