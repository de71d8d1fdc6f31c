import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const insert = 'insert into `users` (`name`, `password`, `n`) values';

describe('what was bound to a statement goes', () => {
  test.each([
    [`x (Connection: mysql, SQL: ${insert} (Bob, sunshine, 5))`, `${insert} (Bob, ****, 5))`],
    [`(SQL: ${insert} (Bob, sunshine, 5), (Al, moonlight, 6))`, `${insert} (Bob, ****, 5), (Al, ****, 6))`],
    [`(SQL: ${insert} (Bob, Jr, sunshine, 5))`, `${insert} (****, ****, ****, 5))`],
    [`(SQL: ${insert} (Bob, $2y$10$abcdefghij, 5))`, `${insert} (Bob, ****, 5))`],
    ["DETAIL:  parameters: $1 = 'bob', $2 = 'sunshine', $3 = '5'", "$1 = '****', $2 = '****', $3 = '5'"],
    ['binding parameter [1] as [VARCHAR] - [sunshine]', 'binding parameter [1] as [VARCHAR] - [****]'],
    ['binding parameter (1:VARCHAR) <- [sunshine]', 'binding parameter (1:VARCHAR) <- [****]'],
    [
      "[Parameters=[@p0='sunshine' (Size = 4000)], CommandType='Text']\nUPDATE [Users] SET [Token] = @p0",
      "[Parameters=[@p0='****' (Size = 4000)], CommandType='Text']",
    ],
    [
      'while executing \'INSERT INTO users (name, password) VALUES (?, ?)\' with params ["bob", "sunshine"]:',
      "'INSERT INTO users (name, password) VALUES (?, ?)' with params ****:",
    ],
    ['query SELECT * FROM User WHERE apiKey = $1\nprisma:params ["sunshine"]', 'prisma:params ****'],
    [
      'Executing (default): UPDATE "Users" SET "resetToken"=$1 WHERE "id" = $2; "sunshine", 5',
      'UPDATE "Users" SET "resetToken"=$1 WHERE "id" = $2; ?, ?',
    ],
    ["binding 'sunshine' to parameter: 1", "binding '****' to parameter: 1"],
    ['==> Parameters: bob(String), sunshine(String), 5(Integer)', '****(String), ****(String), 5(Integer)'],
    ['parameter value [sunshine], value class [java.lang.String]', 'parameter value [****], value class'],
    ["[generated in 0.00012s] ('bob', 'sunshine')", '[generated in 0.00012s] ****'],
    ["[raw sql] ('sunshine',)", '[raw sql] ****'],
    ['query=SELECT * FROM users WHERE token = ? args=[sunshine]', 'args=****'],
    ['db.query("SELECT * FROM t WHERE token = ?", ["sunshine", 5])', '= ?", [?, 5])'],
    ['execute("SELECT * FROM t WHERE token = %s", (\'sunshine\',))', '= %s", (?,))'],
    ["execute('SELECT * FROM t WHERE token = $1', 'sunshine')", "= $1', ?)"],
    ['Query args=[sunshine] sql="SELECT * FROM t WHERE token = $1"', 'args=[****] sql="SELECT'],
  ])('in a message: %s', (text, masked) => {
    expect(masker.text(text)).toContain(masked);
    expect(masker.text(masker.text(text))).toBe(masker.text(text));
  });

  test.each([
    ['mysql', 'SELECT * FROM `user` WHERE `token` = ? -- PARAMETERS: ["sunshine"]', '-- PARAMETERS: ****'],
    ['postgresql', 'Query: select 1 where "token" = $1 -- params: ["sunshine"]', '-- params: ****'],
    [
      'postgresql',
      'SELECT $1  [["reset_token", "sunshine"], ["LIMIT", 1]]',
      '[["reset_token", ?], ["LIMIT", ?]]',
    ],
    ['postgresql', 'select ?\nbinding parameter [1] as [VARCHAR] - [sunshine]', '- [****]'],
    [
      'mssql',
      "[Parameters=[@p0='sunshine' (Size = 4000)]]\nUPDATE [t] SET [a] = @p0",
      '[Parameters=[@p0=? (',
    ],
    ['mysql', `SQLSTATE[42S02]: not found (SQL: ${insert} (Bob, sunshine, 5))`, `${insert} (Bob, ****, ?))`],
  ])('in a statement of %s: %s', (system, text, masked) => {
    const statement = masker.attributes({ 'db.system.name': system, 'db.query.text': text })['db.query.text'];
    expect(statement).toContain(masked);
  });
});

describe('what JSON holds for the placeholders of a statement goes', () => {
  const update = 'UPDATE users SET password = $1 WHERE id = $2';

  test.each([
    [`{"query":"${update}","params":["sunshine", 5]}`, `{"query":"${update}","params":["****", 5]}`],
    [
      `{"params":[5, null, "sunshine", "a\\"b]"], "query":"${update}"}`,
      `{"params":[5, null, "****", "****"], "query":"${update}"}`,
    ],
    [`{"query":"${update}","params":"[\\"sunshine\\", 5]"}`, `{"query":"${update}","params":"****"}`],
    [
      "{ method: 'select', bindings: [ 'sunshine', 5, undefined ], sql: 'select * from t where token = ?' }",
      "{ method: 'select', bindings: [ '****', 5, undefined ], sql: 'select * from t where token = ?' }",
    ],
    [
      "knex:bindings [ 'sunshine', 1 ] select * from t where token = ?",
      "knex:bindings [ '****', 1 ] select * from t where token = ?",
    ],
    [
      'Executing (default): SELECT id FROM t WHERE token = ?; {"1":"sunshine"}',
      'Executing (default): SELECT id FROM t WHERE token = ?; ****',
    ],
    [
      '{ message: \'Executing: SELECT id FROM t WHERE token = $1; {"bind":["sunshine"]}\', status: 5 }',
      "{ message: 'Executing: SELECT id FROM t WHERE token = $1; ****', status: 5 }",
    ],
    [
      "{ sql: 'UPDATE t SET token = ?', values: [ 'sun]shine', { a: 1 } ], code: 5 }",
      "{ sql: 'UPDATE t SET token = ?', values: ****, code: 5 }",
    ],
    ["{ sql: 'UPDATE t SET token = 5', values: [1,2] }", "{ sql: 'UPDATE t SET token = ?', values: **** }"],
    ['{"sql":"update t set api_key=?","args":["suns', '{"sql":"update t set api_key=?","args":["****'],
    [
      '{"body":"{\\"sql\\":\\"update t set api_key = ?\\",\\"params\\":[\\"sunshine\\"]}"}',
      '{"body":"{\\"sql\\":\\"update t set api_key = ?\\",\\"params\\":[\\"****\\"]}"}',
    ],
  ])('%s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });

  test('of a long list no text is left', () => {
    const list = JSON.stringify(Array.from({ length: 200 }, (_, index) => `sunshine${index}`));
    const masked = masker.text(`{"query":"${update}","params":${list},"page":2}`);
    expect(masked).not.toContain('sunshine');
    expect(JSON.parse(masked)).toMatchObject({ query: update, page: 2 });
  });
});

describe('what stays', () => {
  test.each([
    `(SQL: ${insert} (?, ?, ?))`,
    'insert into users (name, password) values ($1, $2) returning id',
    'insert into users (name, token_count) values (bob, many)',
    'insert into t (password, at) values (null, now())',
    'insert into t (a, password) values (:a, :pw), (@a, @pw), (%s, %(pw)s)',
    'binding parameter [2] as [INTEGER] - [5]',
    "[Parameters=[@p0='?' (DbType = Int32)]] UPDATE [Users] SET [Token] = @p0",
    'the job took params [a, b] from the list',
    'invalid parameters: $1 is missing',
    '[cached since 2s ago] (5, 6)',
    '[generated in 2s] the "report"',
    'the parameter value [x] is bound',
    'log("SELECT a FROM t", "done")',
    "retry('DELETE FROM t WHERE a = ?', attempts)",
    '{"sql":"SELECT id FROM users WHERE name = ?","args":["bob"]}',
    '{"note":"the password = ? is wrong","args":["bob"]}',
    '{"sql":"SELECT password FROM users","args":["bob"]}',
    '{"sql":"SELECT id FROM users WHERE name = ?","args":"[\\"bob\\"]"}',
    "{ method: 'select', bindings: [ 'bob', 1 ], sql: 'select id from users where name = ?' }",
    "{ bindings: [ 'bob' ], sql: 'select password from users' }",
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });
});
