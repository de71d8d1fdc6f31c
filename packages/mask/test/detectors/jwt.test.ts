import { expect, test } from '@jest/globals';
import { maskWithDetector } from '../content/fake-rules.js';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

test.each(['eyJ-', 'eyJ_eyJ-', '-----', 'x_', 'eyJ.', 'eyJ-.eyJ_.'])('a token after %j is found', (lead) => {
  expect(maskWithDetector(`a ${lead}${TOKEN} b`, 'jwt')).not.toContain('c2lnbmF0dXJl');
});

test('a header that was cut off is found behind candidates of the same run', () => {
  expect(maskWithDetector('eyJ-eyJ_eyJhbGciOiJIUzI1NiJ9', 'jwt')).toBe('eyJ-eyJ_****');
});
