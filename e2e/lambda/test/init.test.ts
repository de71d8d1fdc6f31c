import { expect, test } from '@jest/globals';
import { type FunctionOptions, LambdaFunction, type Runtime, runtimes } from '../lambda-function.js';
import { key } from '../verdict.js';

const rounds = 15;

/** What the runtime is started with. */
const starts: Readonly<Record<string, Pick<FunctionOptions, 'layers' | 'wrapper'>>> = {
  nothing: { layers: [] },
  companion: { layers: ['companion'], wrapper: 'spanseal-handler' },
  'the layer of OpenTelemetry': { layers: ['upstream'], wrapper: 'otel-handler' },
  'both of them': { layers: ['upstream', 'companion'], wrapper: 'spanseal-handler' },
  'self-contained': { layers: ['self-contained'], wrapper: 'spanseal-handler' },
};

/** The quickest start of each kind, in turns, until the runtime asks for an event, in milliseconds: what else runs only adds. */
async function quickest(runtime: Runtime): Promise<Record<string, number>> {
  const times: Record<string, number> = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, options] of Object.entries(starts)) {
      const lambda = await LambdaFunction.start({ ...options, runtime, handler: 'quick.handler', env: key });
      times[name] = Math.min(times[name] ?? Number.POSITIVE_INFINITY, lambda.initMillis);
      await lambda.stop();
    }
  }
  return times;
}

test.each(runtimes)(
  'on %s a function starts no slower than by 1.3 of what the layer of OpenTelemetry takes',
  async (runtime) => {
    const times = await quickest(runtime);
    const text = Object.entries(times).map(([name, millis]) => `${name} ${millis.toFixed(0)} ms`);
    console.log(`${runtime}, to the first event: ${text.join(', ')}`);
    expect(times['self-contained']).toBeLessThan(1.3 * (times['the layer of OpenTelemetry'] ?? 0));
    // The companion adds some milliseconds; the rest is room for a machine that does other things.
    expect(times['companion']).toBeLessThan((times['nothing'] ?? 0) + 60);
  },
);
