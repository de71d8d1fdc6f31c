// `npm test`: builds, then all tests on this Node.js, then again on each of the other versions of the matrix.
import { matrix, nodeBinary } from './node-binary.mjs';
import { finish, runJest } from './run-jest.mjs';
import { turbo } from './turbo.mjs';

if (!turbo('build')) process.exit(1);
const runs = [runJest({ name: `node-${process.versions.node}` })];
for (const version of matrix) {
  if (version === process.versions.node) continue;
  runs.push(runJest({ name: `node-${version}`, node: nodeBinary(version) }));
}
finish(runs);
