/** Prints a line on standard error, which is a line of the function's log. Takes names and kinds, never a value. */
export function tell(text: string): void {
  const { stderr } = process;
  // A closed pipe is reported asynchronously, and an event `error` without a listener ends the process.
  stderr.write(`spanseal: error: ${text}\n`, (error) => {
    if (error && stderr.listenerCount('error') === 0) stderr.once('error', () => undefined);
  });
}
