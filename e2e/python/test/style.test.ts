import { expect, test } from '@jest/globals';
import { python } from '../python-verifier.js';

test('the types of the second implementation hold', () => {
  expect(python('mypy', '--cache-dir=/dev/null', 'spanseal_verifier')).toMatch(
    /^Success: no issues found in \d+ source files/,
  );
});

test('its code is as the linter and the formatter have it', () => {
  expect(python('ruff', 'check', '--no-cache', '.')).toContain('All checks passed');
  expect(python('ruff', 'format', '--no-cache', '--check', '.')).toContain('already formatted');
});
