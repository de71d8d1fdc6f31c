import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type JsonSchema, policySchema } from '../src/index.js';

const guide = readFileSync(join(__dirname, '../../../docs/masking.md'), 'utf8');

describe('docs/masking.md', () => {
  const members = policySchema['properties'] as Record<string, JsonSchema>;

  test('has a row for every member of a policy', () => {
    const rows = [...guide.matchAll(/^\| `([^|]*)` \|/gm)].flatMap(([, names]) =>
      (names ?? '').split('`, `'),
    );
    expect(Object.keys(members).filter((name) => name !== '$schema' && !rows.includes(name))).toEqual([]);
  });

  test('names every detector', () => {
    const values = members['values'] as { items: { anyOf: { anyOf: { enum?: string[] }[] }[] } };
    const known = values.items.anyOf[0]?.anyOf[0]?.enum ?? [];
    const [, listed = ''] = /^Detectors are (.*?)\n\n/ms.exec(guide) ?? [];
    const names = [...listed.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
    expect(names.filter((name) => name !== 'default' && name !== 'pii').sort()).toEqual([...known].sort());
  });

  test('has a paragraph for every preset', () => {
    const [word] = (members['extends']?.['anyOf'] ?? []) as { enum: string[] }[];
    expect(word?.enum.filter((name) => !guide.includes(`\n**\`${name}\`** masks`))).toEqual([]);
  });
});
