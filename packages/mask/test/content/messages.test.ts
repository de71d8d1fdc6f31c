import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

function expectMasked(text: string, masked: string): void {
  expect(masker.text(text)).toBe(masked);
  expect(masker.text(masked)).toBe(masked);
  // The same where it stands in a string of JSON.
  const json = JSON.stringify({ note: text });
  expect(masker.attributes({ json })['json']).not.toContain('hunter2');
}

describe('a statement in a message', () => {
  test.each([
    [
      `error executing "INSERT INTO users VALUES ('bob','hunter2')"`,
      'error executing "INSERT INTO users VALUES (?,?)"',
    ],
    [
      `insert into "users" ("pw") values ('hunter2') - duplicate key value violates unique constraint "users_pw"`,
      'insert into "users" ("pw") values (?) - duplicate key value violates unique constraint "users_pw"',
    ],
    [
      'Failed query: insert into "users" ("id") values ($1) params: hunter2',
      'Failed query: insert into "users" ("id") values ($1) params: ****',
    ],
    [
      `Executing (default): SELECT "id" FROM "users" WHERE "email" = 'hunter2' AND "n" = 5;`,
      'Executing (default): SELECT "id" FROM "users" WHERE "email" = ? AND "n" = ?;',
    ],
    [
      'query failed: `SELECT * FROM t WHERE a = "hunter2"` in 5 ms',
      'query failed: `SELECT * FROM t WHERE a = ?` in 5 ms',
    ],
    ["CALL login('bob','hunter2')", 'CALL login(?,?)'],
    ["exec sp_login 'bob', 'hunter2'", 'exec sp_login ?, ?'],
    ['ALTER USER bob IDENTIFIED BY hunter2', 'ALTER USER bob IDENTIFIED BY ?'],
    ["near WHERE name = 'hunter2' at line 1", 'near WHERE name = ? at line ?'],
    ["UPDATE users SET pw = 'hunter2' WHERE id = 1", 'UPDATE users SET pw = ? WHERE id = ?'],
  ])('"%s" becomes "%s"', expectMasked);
});

describe('a command in a message', () => {
  test.each([
    ['Command failed: mysql -u root -phunter2 db', 'Command failed: mysql -u root -p**** db'],
    ['spawn "curl -u bob:hunter2 https://x" failed', 'spawn "curl -u **** https://x" failed'],
    ['exec /usr/bin/sshpass -p hunter2 ssh host', 'exec /usr/bin/sshpass -p **** ssh host'],
    ['$ docker login -u bob -p hunter2', '$ docker login -u bob -p ****'],
    ['redis-cli -a hunter2 ping', 'redis-cli -a **** ping'],
    ['sqlplus bob/hunter2@db', 'sqlplus ****'],
    ['rabbitmqctl add_user bob hunter2', 'rabbitmqctl add_user bob ****'],
    ['ran vault login hunter2', 'ran vault login ****'],
    [
      'curl \\\n  -u bob:hunter2 \\\n  https://x\nnext line',
      'curl \\\\n  -u **** \\\\n  https://x\\nnext line',
    ],
  ])('"%s" becomes "%s"', expectMasked);
});

describe('what a message quotes', () => {
  test.each([
    ['Key (api_key)=(hunter2) already exists.', 'Key (api_key)=(****) already exists.'],
    ['Key (lower(email::text))=(hunter2) already exists.', 'Key (lower(email::text))=(****) already exists.'],
    ['Failing row contains (1, bob, hunter2).', 'Failing row contains (****).'],
    ["Duplicate entry 'hunter2' for key 'users.email'", "Duplicate entry '****' for key 'users.email'"],
    ['invalid input syntax for type integer: "hunter2"', 'invalid input syntax for type integer: "****"'],
    ["right syntax to use near 'hunter2'' at line 1", "right syntax to use near '****' at line 1"],
    ['The duplicate key value is (hunter2).', 'The duplicate key value is (****).'],
    [
      "Conversion failed when converting the varchar value 'hunter2' to data type int.",
      "Conversion failed when converting the varchar value '****' to data type int.",
    ],
    [`Unexpected token 'h', "hunter2" is not valid JSON`, `Unexpected token 'h', "****" is not valid JSON`],
    [
      'User validation failed: apiKey: Path `apiKey` (`hunter2`) is shorter than the minimum (12).',
      'User validation failed: apiKey: Path `apiKey` (`****`) is shorter than the minimum (12).',
    ],
    [
      'Cast to Number failed for value "hunter2" (type string) at path "pin"',
      'Cast to Number failed for value "****" (type string) at path "pin"',
    ],
    ['["password", "email"] must be set, got "hunter2"', '["password", "email"] must be set, got "****"'],
    ['"pin" is bad, "received": "a1b2c3", "minimum": 8', '"pin" is bad, "received": "****", "minimum": 8'],
    ['pin is bad, "received" "a1b2c3"', 'pin is bad, "received" "****"'],
    ['"password" with value "hunter2" fails', '"password" with value "****" fails'],
    [
      "The argument 'password' must be a string. Received 'hunter2'",
      "The argument 'password' must be a string. Received '****'",
    ],
    [
      'password must be longer, but the final value was: `"hunter2"`.',
      'password must be longer, but the final value was: `"****"`.',
    ],
    ['invalid password "hunter2"', 'invalid password "****"'],
    ['Your verification code is 123456', 'Your verification code is ****'],
    ['123456 is your Acme verification code', '**** is your Acme verification code'],
    ['Enter code 123456', 'Enter code ****'],
    ['Use 123456 to sign in', 'Use **** to sign in'],
    ['Your OTP is 123456', 'Your OTP is ****'],
  ])('"%s" becomes "%s"', expectMasked);

  test.each([
    '[{"code":"invalid_type","path":["password"],"received":"hunter2"}]',
    '[{"received":"hunter2","path":["user",0,"password"],"message":"x"}]',
    '{"type":"field","value":"hunter2","path":"password","location":"body"}',
    '{"context":{"value":"hunter2","label":"password","key":"password"}}',
    '{"value":"hunter2","property":"apiKey","constraints":{}}',
  ])('the issue %s of a validator loses its value', (issue) => {
    expect(masker.attributes({ issue })['issue']).toBe(issue.replace('hunter2', '****'));
  });
});

describe('other forms in text', () => {
  const FORM = '--X\r\nContent-Disposition: form-data; name="password"\r\n\r\nhunter2\r\n--X--\r\n';
  test.each([
    [FORM, FORM.replace('hunter2', '****')],
    [FORM.slice(0, -12), FORM.slice(0, -12).replace('hunt', '****')],
    [
      'Content-Disposition: form-data; name="api_key"\nContent-Type: text/plain\n\nhunter2\nhunter2 --',
      'Content-Disposition: form-data; name="api_key"\nContent-Type: text/plain\n\n****',
    ],
    ['<input type="password" value="hunter2">', '<input type="password" value="****">'],
    ["<input value='hunter2' name=csrf_token>", "<input value='****' name=csrf_token>"],
    ['<meta content="hunter2" name="csrf-token">', '<meta content="****" name="csrf-token">'],
    ['<string name="api_key">hunter2</string>', '<string name="api_key">****</string>'],
    ['<key>password</key>\n<string>hunter2</string>', '<key>password</key>\n<string>****</string>'],
    [
      '<name>password</name><value><string>hunter2</string></value>',
      '<name>password</name><value><string>****</string></value>',
    ],
    ["[ 'password', 'hunter2' ]", "[ 'password', '****' ]"],
    ["[ [ 'pin', 4711 ], [ 'a', 'b' ] ]", "[ [ 'pin', **** ], [ 'a', 'b' ] ]"],
    ["Map(1) { 'password' => 'hunter2' }", "Map(1) { 'password' => '****' }"],
    ['password:\n  - hunter2\n  - hunter3\nuser: x', 'password:\n  - ****\nuser: x'],
    ['pass="""\nhunter2\n"""\nx=1', 'pass="""****"""\nx=1'],
    ['q=bob%2540example.com&x=1', 'q=****&x=1'],
    [
      'u=https%253A%252F%252Fbob%253Ahunter2%2540h.example',
      'u=https%253A%252F%252F****%253A****%2540h.example',
    ],
    ['mutation($p:String!){login(password:$p){ok}}', 'mutation($p:String!){login(password:$p){ok}}'],
    ['mutation { login(password: "hunter2") { ok } }', 'mutation { login(password: "****") { ok } }'],
  ])('"%s" becomes "%s"', (text, masked) => {
    expect(masker.attributes({ 'http.request.body': text })['http.request.body']).toBe(masked);
    expect(masker.attributes({ 'http.request.body': masked })['http.request.body']).toBe(masked);
  });
});

test.each([
  'Please select a user from the list and update the record',
  'Select an item from "Menu" to continue',
  'SELECT mydb.users',
  'UPDATE users SET name = ?',
  'SELECT * FROM users WHERE id = $1',
  'select "id", "name" from "users" where "id" = $1',
  'GET /api/values (200)',
  'call me at 5',
  'call to getUser(5) failed',
  'where is my order 12345?',
  'docker pull failed',
  'curl: (6) Could not resolve host: example.com',
  'mysql connection refused',
  'connect ECONNREFUSED 127.0.0.1:3306 (mysql)',
  `Unexpected token '<', "<!DOCTYPE "... is not valid JSON`,
  '"undefined" is not valid JSON',
  'duplicate key value violates unique constraint "users_email_key"',
  "Unknown column 'password' in 'field list'",
  'null value in column "password" of relation "users" violates not-null constraint',
  'syntax error at or near "FROM"',
  'Path `password` is required.',
  '"password" is bad: "received" and "value" differ',
  '"password" length must be at least 8 characters long',
  'The "token" argument must be of type string. Received undefined',
  'status code is 404',
  'HTTP code 500',
  'Use 8080 as port',
  "[ 'GET', 'POST' ]",
  "[ 'password', 'email' ]",
  '<label for="password">Password</label>',
  '<input type="password" name="password">',
  '100%25 done',
  'npm install --save-dev jest',
  'git commit -m "msg"',
  'psql -h localhost -U bob -d db',
  'Failed to insert into queue orders',
  'query { user(id: 5) { name } }',
  'the value of x was "abc"',
  'Your order 123456 is the latest',
  'promo code SAVE20',
])('"%s" stays as it is', (text) => {
  expect(masker.text(text)).toBe(text);
});
