import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run } from '../clean-folder.js';

const ours = ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter'];
const lines = {
  2: [
    '@opentelemetry/api@1.9.1',
    '@opentelemetry/sdk-trace-base@2.12.1',
    '@opentelemetry/otlp-transformer@0.223.1',
    '@opentelemetry/exporter-trace-otlp-grpc@0.223.1',
  ],
  3: [
    '@opentelemetry/api@1.10.0',
    '@opentelemetry/sdk-trace@3.1.1',
    '@opentelemetry/otlp-transformer@0.301.1',
    '@opentelemetry/exporter-trace-otlp-grpc@0.301.0',
  ],
};

describe.each([2, 3] as const)('the packed packages beside the %i.x line of the SDK', (line) => {
  let folder: string;
  beforeAll(() => {
    folder = cleanFolder(ours, [...lines[line], 'typescript@5.9.3', '@types/node@20.19.43']);
    copyFileSync(join(folder, `sdk-${line}.cjs`), join(folder, 'sdk.cjs'));
  });

  // The 3.x line needs Node.js 22.15.
  const versions = line === 2 ? nodes : nodes.slice(1);
  describe.each(versions)('on %s', (node) => {
    test.each(['consumer.mjs', 'consumer.cjs', 'mixed.mjs'])('%s masks, seals and verifies', (file) => {
      const { code, stdout, stderr } = run(node, [file], { cwd: folder });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const { report, leaks } = JSON.parse(stdout);
      expect(leaks).toEqual([]);
      expect(report).toMatchObject({ result: 'intact', spans: { total: 10, valid: 10 }, findings: [] });
    });
  });

  test.each(['nodenext', 'commonjs'])('the types hold in a strict consumer (%s)', (module) => {
    const resolution = module === 'nodenext' ? 'nodenext' : 'node10';
    // Without an exports map in its resolution, `node10` reads "types" and "main".
    const compilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      target: 'es2022',
      lib: ['es2022'],
      types: ['node'],
      module,
      moduleResolution: resolution,
      ignoreDeprecations: '5.0',
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions, files: [`types-${line}.ts`] }),
    );
    const { code, stdout } = run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], {
      cwd: folder,
    });
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  test('nothing of the SDK was installed for ours', () => {
    const { stdout } = run('npm', ['ls', '--all', '--json'], { cwd: folder });
    const { dependencies } = JSON.parse(stdout) as {
      dependencies: Record<string, { dependencies?: Record<string, unknown> }>;
    };
    for (const name of ours) {
      const below = Object.keys(dependencies[`@spanseal/${name}`]?.dependencies ?? {});
      expect(below.filter((other) => other.startsWith('@opentelemetry/'))).toEqual([]);
    }
  });
});
