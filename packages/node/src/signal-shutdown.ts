/**
 * Shuts an SDK down when the process is told to end, and lets the process end then: at the latest after so many milliseconds, whatever
 * the SDK waits for. Where the app listens for the signal, it is the app that ends the process.
 */
export function shutDownOnSignal(sdk: { shutdown(): Promise<void> }, longestMillis: number): void {
  // First: a listener that is called once is gone when the next one is called.
  process.prependOnceListener('SIGTERM', () => {
    const isOfApp = process.listenerCount('SIGTERM') > 0;
    const end = () => isOfApp || process.kill(process.pid, 'SIGTERM');
    setTimeout(end, longestMillis).unref();
    sdk.shutdown().then(end, end);
  });
}
