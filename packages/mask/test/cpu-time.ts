/** CPU time of this process in milliseconds: what other processes of a loaded machine take does not count. */
export function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time that an action takes, in milliseconds. */
export function cpuMillisOf(action: () => void): number {
  const start = cpuMillis();
  action();
  return cpuMillis() - start;
}
