// `npm test`: builds, then all tests on this Node.js, then what touches the SDKs on each other version of the matrix.
import { matrix, nodeBinary } from './node-binary.mjs';
import { finish, runJest } from './run-jest.mjs';
import { turbo } from './turbo.mjs';

/** Packages whose tests run the SDK lines, or the crypto of the runtime. */
const matrixProjects = ['seal', 'span-processor', 'otlp-exporter'];

if (!turbo('build')) process.exit(1);
const runs = [runJest({ name: `node-${process.versions.node}` })];
for (const version of matrix) {
  if (version === process.versions.node) continue;
  const args = ['--selectProjects', ...matrixProjects];
  runs.push(runJest({ name: `node-${version}`, node: nodeBinary(version), args }));
}
finish(runs);
