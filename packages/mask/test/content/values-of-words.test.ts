import { expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const personal = createMasker({ extends: ['default', 'pii', 'payments'] });

test.each([
  [
    'config:\n  port: 80\n  password: correct horse\n  region: eu\n',
    'config:\n  port: 80\n  password: ****\n  region: eu\n',
  ],
  ['---\npassword: correct horse # for tests\n', '---\npassword: **** # for tests\n'],
  ['PORT=1\nDB_PASSWORD=correct horse\nHOST=db\n', 'PORT=1\nDB_PASSWORD=****\nHOST=db\n'],
  ['[db]\npassword = correct horse\n', '[db]\npassword = ****\n'],
  ['- user: bob\n  password: correct horse staple\n', '- user: bob\n  password: ****\n'],
])('a value in a file of settings goes to the end of its line: %j', (text, masked) => {
  expect(masker.attribute('log.message', text)).toBe(masked);
  expect(masker.attribute('log.message', masked)).toBe(masked);
});

test.each([
  [
    'password: hunter2x9 was refused\nSee the log for more.',
    'password: **** was refused\nSee the log for more.',
  ],
  [
    'level=info password=hunter2x9 user=bob took 3 ms\nlevel=info user=bob',
    'level=info password=**** user=bob took 3 ms\nlevel=info user=bob',
  ],
])('it ends with its word elsewhere: %j', (text, masked) => {
  expect(masker.attribute('log.message', text)).toBe(masked);
});

test.each(['password=*** user=bob', 'token: *** repository: org/repo', '--token=*** --verbose'])(
  'what stands behind a secret that was replaced stays: %s',
  (text) => {
    expect(masker.attribute('log.message', text)).toBe(text);
  },
);

test('a default of a program is not read on', () => {
  const text = 'def open(\n  password: bool = False,\n  user: str,\n';
  expect(masker.attribute('gen_ai.completion', text)).toContain(' = False,');
});

test.each([
  ['IBAN: GB33 BUKB 2020 1555 5555 55', 'IBAN: ****'],
  ['card number: 3782 822463 10005', 'card number: ****'],
  ['phone: +43 664 123456', 'phone: ****'],
  ['mobile: +49 170 1234567', 'mobile: ****'],
  ['ssn: 078 05 1123', 'ssn: ****'],
  ['date_of_birth: 12 May 1990', 'date_of_birth: ****'],
])('a number in groups goes as a whole: %s', (text, masked) => {
  expect(personal.text(text)).toBe(masked);
});

test('a policy of a preset alone takes the whole of a number in groups', () => {
  const cards = createMasker({ extends: 'payments' });
  expect(cards.text('pan: 4242 4242 4242 4242')).toBe('pan: ****');
  const people = createMasker({ extends: 'pii' });
  expect(people.text('phone: 050 123 4567, call soon')).toBe('phone: ****, call soon');
});
