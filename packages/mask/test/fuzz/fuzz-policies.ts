import type { Policy } from '../../src/index.js';

/** Policies that take different ways through the masker: many and few rules, own ones, such as no word gives away. */
export const FUZZ_POLICIES: readonly Policy[] = [
  {},
  { extends: ['default', 'pii', 'payments', 'genai', 'aws'], mask: '[gone]' },
  { extends: 'lumigo' },
  { extends: 'strict' },
  {
    hashKey: `hex:${'0f'.repeat(32)}`,
    keys: [
      { glob: '*note*', action: 'hash' },
      { glob: 'k*', action: 'partial' },
      { glob: 'drop*', action: 'drop' },
      { pattern: '^k[0-9]+$' },
      'tenant_.*',
    ],
    values: [
      { name: 'weight', pattern: 'kilo+gram', action: 'mask' },
      { name: 'order', pattern: 'ord[a-z]{2}', action: 'redact-match' },
    ],
    allow: { keys: ['^api_key$'], values: ['hunter2'] },
  },
  { extends: [], keys: ['password', '.*key$'] },
];
