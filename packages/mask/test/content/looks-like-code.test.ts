import { expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

// What looks like a program at first sight, and holds a secret.
test.each([
  ['password=Optional[ZmFrZXNlY3JldA==]', 'ZmFrZXNlY3JldA'],
  ['password=Some(ZmFrZXNlY3JldA==)', 'ZmFrZXNlY3JldA'],
  ['api_key={description=Xk29fjQ81mz7aQ9zZ81}', 'Xk29fjQ81'],
  ["{'password': {'label': 'Xk29fjQ81mz7aQ9'}}", 'Xk29fjQ81'],
  ['{"password":{"description":"Xk29fjQ81mz7aQ9"}}', 'Xk29fjQ81'],
  ['password = Xk29fjQ81(abc)', 'Xk29fjQ81'],
  ['password = Tr0ub4dor(3)', 'Tr0ub4dor'],
  ['pwd = &hunter2x', 'hunter2x'],
  ['The private wifi password: Swordfish', 'Swordfish'],
  ['User function: admin, password: Monkey', 'Monkey'],
  ['database[password] = swordfish', 'swordfish'],
  ['form[pin] = 4821', '4821'],
  ['set "password": swordfish', 'swordfish'],
  ['login with "pin": 123', '123'],
  ['password = go.BigBlue', 'BigBlue'],
  ['password = p.S3CRET', 'S3CRET'],
  ['adminPassword = Adminpassword', 'Adminpassword'],
])('%s', (text, secret) => {
  expect(masker.attribute('log.message', text)).not.toContain(secret);
});

test.each([
  'password = self.password',
  'password = config.db.password;',
  'binderKey: binderKey,',
  'token := r.Header.Get("X-Token")',
  'interface User { password: string; token: Array<string> }',
  'table "api_tokens": locked',
  '{"password":{"type":"string","description":"At least 8 characters","pattern":"^[a-z]{8,}$"}}',
])('%s stays', (text) => {
  expect(masker.attribute('log.message', text)).toBe(text);
});
