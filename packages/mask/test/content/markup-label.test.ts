import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('markup around a name hides no value', () => {
  test.each([
    ['- **Password:** iamgroot1977', '- **Password:** ****'],
    ['- **Password**: `Zq8LmTvW`', '- **Password**: `****`'],
    ['*Password:* iamgroot1977', '*Password:* ****'],
    ['<b>Password</b>: Zq8LmTvW!', '<b>Password</b>: ****'],
    ['Password: <code>iamgroot1977</code>', 'Password: <code>****</code>'],
    ['<p>Your password: <br><b>Zq8LmTvW</b></p>', '<p>Your password: <br><b>****</b></p>'],
    ['<strong>Temporary password:</strong> Zq8LmTvW', '<strong>Temporary password:</strong> ****'],
    ['<td>Password:</td>\n<td>Zq8LmTvW</td>', '<td>Password:</td>\n<td>****</td>'],
    ['<dt>Password</dt><dd>Zq8LmTvW</dd>', '<dt>Password</dt><dd>****</dd>'],
    [
      '<li>API key: <span class="mono">Zq8LmTvWnR4k</span></li>',
      '<li>API key: <span class="mono">****</span></li>',
    ],
    ['(define *password* "Zq8LmTvW9")', '(define *password* "****")'],
  ])('%s', (text, masked) => {
    expect(masker.attribute('http.response.body', text)).toBe(masked);
    expect(masker.attribute('http.response.body', masked)).toBe(masked);
  });

  test.each([
    '<label>Password:</label> <input type="password" name="p">',
    '<td>Password:</td><td>Required</td>',
    '<th>Token</th><td>Optional</td>',
    '<dt>Password</dt><dd>Must have 8 characters</dd>',
    '**Token:** the part of a text that a parser reads',
    '* **token**: string, required',
    'a **token** "ident" of the grammar',
    'std::map<token, b> c',
  ])('but %s stays', (text) => {
    expect(masker.attribute('http.response.body', text)).toBe(text);
  });
});
