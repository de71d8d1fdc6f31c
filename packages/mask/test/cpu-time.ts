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

/** The least time of many tries of an action, in milliseconds: what else runs on the machine only adds to the others. */
export function leastOf(tries: number, action: (index: number) => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < tries; index += 1) {
    const start = performance.now();
    action(index);
    least = Math.min(least, performance.now() - start);
  }
  return least;
}
