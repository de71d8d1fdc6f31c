import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

test('the package asks for no version of an SDK: npm would not install it beside another one', () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', `file://${__filename}`), 'utf8'));
  expect(Object.keys(manifest.peerDependencies ?? {})).toEqual([]);
  const own = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@opentelemetry/'));
  expect(own).toEqual([]);
});
