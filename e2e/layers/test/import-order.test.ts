import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { allowedImports, findViolations } from '../import-order.js';

const root = join(__dirname, '../../..');
const copies: string[] = [];

afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true, force: true });
});

/** What a violation can stand in, or be resolved by. */
function isPart(name: string): boolean {
  return name === 'package.json' || name === 'src' || name.endsWith('.cjs');
}

/** The packages' sources and manifests, with one file more. */
function planted(file: string, text: string): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'layers-'));
  copies.push(copy);
  for (const name of readdirSync(join(root, 'packages'))) {
    for (const part of readdirSync(join(root, 'packages', name)).filter(isPart)) {
      cpSync(join(root, 'packages', name, part), join(copy, 'packages', name, part), { recursive: true });
    }
  }
  writeFileSync(join(copy, 'packages', file), text);
  return findViolations(copy);
}

describe('the order of the packages', () => {
  test('holds', () => {
    expect(findViolations(root)).toEqual([]);
  });

  test('knows every package', () => {
    expect(readdirSync(join(root, 'packages')).sort()).toEqual(Object.keys(allowedImports).sort());
  });

  test.each([
    [
      'mask/src/planted.ts',
      "import { createVerifier } from '@spanseal/seal';\n",
      'must not import @spanseal/seal',
    ],
    [
      'seal/src/planted.ts',
      "export { createMasker } from '@spanseal/mask';\n",
      'must not import @spanseal/mask',
    ],
    [
      'otlp/src/planted.ts',
      "const seal = await import('@spanseal/seal');\n",
      'must not import @spanseal/seal',
    ],
    [
      'span-processor/src/planted.ts',
      "import '@opentelemetry/sdk-trace';\n",
      'must not import @opentelemetry/sdk-trace at run time',
    ],
    [
      'otlp-exporter/src/planted.ts',
      "import { x } from '../../mask/src/index.js';\n",
      'leaves its package: ../../mask/src/index.js',
    ],
    [
      'mask/src/planted.ts',
      "import lodash from 'lodash';\n",
      'imports lodash, which its package.json does not name',
    ],
    ['mask/src/planted.ts', "import fs from 'fs';\n", 'write node:fs'],
  ])('is seen broken in %s by %j', (file, text, fault) => {
    expect(planted(file, text)).toEqual([`packages/${file}: ${fault}`]);
  });

  test('lets types through, which leave nothing behind', () => {
    expect(planted('mask/src/planted.ts', "import type { Span } from '@opentelemetry/sdk-trace';\n")).toEqual(
      [],
    );
  });

  test('is seen broken in a package.json', () => {
    const manifest = JSON.stringify({
      name: '@spanseal/mask',
      dependencies: { '@spanseal/seal': '*', re2js: '1' },
    });
    expect(planted('mask/package.json', manifest)).toEqual([
      'packages/mask/package.json: must not depend on @spanseal/seal',
    ]);
  });
});
