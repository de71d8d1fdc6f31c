/** Lambda gives a process with an extension 500 ms after SIGTERM, and less to one that it wants to be rid of. In milliseconds. */
const longestShutdownMillis = 300;

/** Sends what is left when the environment is shut down. Lambda sends the signal where the function has an extension. */
export function shutDownOnSignal(processor: { shutdown(): Promise<void> }): void {
  process.once('SIGTERM', () => {
    const end = () => {
      // Without a listener of the function, the signal ends the process, as it would have.
      if (process.listenerCount('SIGTERM') === 0) process.kill(process.pid, 'SIGTERM');
    };
    const patience = new Promise((resolve) => setTimeout(resolve, longestShutdownMillis));
    Promise.race([processor.shutdown(), patience]).then(end, end);
  });
}
