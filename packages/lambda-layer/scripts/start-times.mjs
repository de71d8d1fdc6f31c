// What a layer adds to the start of a process, with the Node.js that runs this: the median of processes that do nothing else, in
// turns, so that what else the machine does touches all alike.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const rounds = 21;

export function startTimes(dist) {
  const starts = {
    nothing: [],
    companion: ['--require', join(dist, 'companion/spanseal/register.cjs')],
    'self-contained': ['--require', join(dist, 'self-contained/spanseal/start.cjs')],
  };
  const times = Object.fromEntries(Object.keys(starts).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, flags] of Object.entries(starts)) {
      const begin = performance.now();
      spawnSync(process.execPath, [...flags, '--eval', 'process.exit(0)']);
      times[name].push(performance.now() - begin);
    }
  }
  const medians = Object.entries(times).map(([name, all]) => [name, all.sort((a, b) => a - b)[rounds >> 1]]);
  const [[, base]] = medians;
  return medians.map(([preloaded, millis]) => ({
    preloaded,
    'start, ms': Number(millis.toFixed(1)),
    'more, ms': Number((millis - base).toFixed(1)),
  }));
}
