import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run } from '../clean-folder.js';

const quickStart = join(__dirname, '../../../examples/quick-start');

describe('the packed command', () => {
  let folder: string;
  let spanseal: string;
  beforeAll(() => {
    folder = cleanFolder(
      ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter', 'cli'],
      [
        '@opentelemetry/api@1.9.1',
        '@opentelemetry/sdk-trace-base@2.12.1',
        '@opentelemetry/otlp-transformer@0.223.1',
      ],
    );
    spanseal = join(folder, 'node_modules/.bin/spanseal');
    cpSync(join(quickStart, 'index.mjs'), join(folder, 'index.mjs'));
  });

  test('brings neither an SDK nor the demo with it', () => {
    const { code, stderr } = run(spanseal, ['demo'], { cwd: folder });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^error ERR_SPANSEAL_CLI_DEMO: .*npx -p @spanseal\/cli -p @spanseal\/demo spanseal demo/,
    );
  });

  test('checks a policy, for which the JSON Schema comes with the masker', () => {
    const policy = { $schema: './node_modules/@spanseal/mask/policy.schema.json', keys: ['tenant_id'] };
    writeFileSync(join(folder, 'policy.json'), JSON.stringify(policy));
    expect(run(spanseal, ['policy', 'check', 'policy.json'], { cwd: folder })).toMatchObject({
      code: 0,
      stderr: '',
    });
    const script =
      "console.log(Object.keys(require('@spanseal/mask/policy.schema.json').properties).includes('keys'))";
    expect(run(process.execPath, ['-e', script], { cwd: folder }).stdout).toBe('true\n');
    expect(JSON.parse(readFileSync(join(folder, policy.$schema), 'utf8')).additionalProperties).toBe(false);
  });

  describe.each(nodes)('on %s', (node) => {
    test('the quick start runs, verifies, and loses its secrets', () => {
      const { code, stdout } = run(node, ['index.mjs'], { cwd: folder });
      expect(stdout).toMatch(/^INTACT/);
      expect(code).toBe(0);
      const traces = readFileSync(join(folder, 'traces.jsonl'), 'utf8');
      for (const secret of ['hunter2', '4111 1111', 'alice@example.com'])
        expect(traces).not.toContain(secret);
    });

    test('a changed letter is tampering, a masked copy is accepted, and bad usage is 3', () => {
      const verify = (file: string) =>
        run(
          node,
          [
            join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js'),
            'verify',
            file,
            '--key-file',
            'signing.env',
          ],
          { cwd: folder },
        );
      const traces = readFileSync(join(folder, 'traces.jsonl'), 'utf8');
      writeFileSync(join(folder, 'changed.jsonl'), traces.replace('POST /login', 'POST /logon'));
      expect(verify('changed.jsonl').code).toBe(1);
      expect(run(spanseal, ['mask', 'traces.jsonl', '-o', 'masked.jsonl'], { cwd: folder })).toMatchObject({
        code: 0,
        stderr: '',
      });
      expect(verify('masked.jsonl').code).toBe(0);
      expect(verify('nowhere.jsonl').code).toBe(3);
    });

    test('a scan finds nothing in what left masked, and what a narrower policy would leave; a decision is explained', () => {
      const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
      const command = (...args: string[]) => run(node, [main, ...args], { cwd: folder });
      const clean = command('scan', 'traces.jsonl');
      expect(clean.code).toBe(0);
      expect(clean.stdout).toMatch(/^CLEAN/);
      const traces = readFileSync(join(folder, 'traces.jsonl'), 'utf8');
      writeFileSync(
        join(folder, 'leaky.jsonl'),
        traces.replace('POST /login', 'POST /login of alice@example.com'),
      );
      writeFileSync(join(folder, 'narrow.yaml'), 'extends: lumigo\n');
      const scan = command(
        'scan',
        'leaky.jsonl',
        '--policy',
        'narrow.yaml',
        '--html',
        'page.html',
        '--format',
        'json',
      );
      expect(scan).toMatchObject({ code: 1, stderr: '' });
      const { leaks, addition } = JSON.parse(scan.stdout);
      expect(leaks).toContainEqual(expect.objectContaining({ field: 'span name', detector: 'email' }));
      expect(scan.stdout + readFileSync(join(folder, 'page.html'), 'utf8')).not.toContain('alice');
      writeFileSync(join(folder, 'wider.json'), JSON.stringify({ extends: 'lumigo', ...addition }));
      expect(command('scan', 'leaky.jsonl', '--policy', 'wider.json').code).toBe(0);
      expect(command('explain', 'api_key', 'hunter2')).toMatchObject({ code: 0, stderr: '' });
      expect(command('explain', 'primary_key', '7').stdout).toContain('because of the word primary');
      expect(command('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    });
  });
});

test('the packed demo runs to its end', () => {
  const folder = cleanFolder(['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter', 'cli', 'demo']);
  for (const node of nodes) {
    const started = Date.now();
    const { code, stdout } = run(node, ['node_modules/@spanseal/cli/dist/esm/main.js', 'demo'], {
      cwd: folder,
    });
    expect({ code, stdout }).toMatchObject({ code: 0 });
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(stdout).not.toContain('\u001b[');
  }
});
