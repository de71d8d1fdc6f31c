// The OpenTelemetry Collector that sealed spans are sent through, built from the Go modules that e2e/packed/collector pins.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = `${root}e2e/packed/collector`;

/**
 * Path of the Collector: SPANSEAL_COLLECTOR, or one that is built when these sources were not built yet; '' where it cannot be,
 * which skips its tests.
 */
export function collectorBinary() {
  if (process.env.SPANSEAL_COLLECTOR) return process.env.SPANSEAL_COLLECTOR;
  const digest = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) digest.update(readFileSync(`${source}/${file}`));
  const binary = `${root}.cache/collector-${digest.digest('hex').slice(0, 16)}`;
  if (!existsSync(binary)) {
    console.error('Setting up: an OpenTelemetry Collector (once; two or three minutes) …');
    const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', `${binary}.part`, '.'];
    const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly' };
    // A module proxy that hangs must not hold up everything else.
    const limits = { timeout: 300_000, killSignal: 'SIGKILL' };
    const { status } = spawnSync('go', args, {
      cwd: source,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      ...limits,
    });
    if (status !== 0) {
      console.error('SKIPPED, the tests with a real Collector: Go 1.26 and its module proxy are needed.');
      return '';
    }
    // A build that was interrupted leaves no binary.
    renameSync(`${binary}.part`, binary);
  }
  return binary;
}
