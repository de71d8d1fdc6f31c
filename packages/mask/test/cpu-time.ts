/** CPU time of this process in milliseconds: what other processes of a loaded machine take does not count. */
export function cpuMillis(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
