import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('code and prose with words of SQL are no statement', () => {
  test.each([
    "# select a language\nif lang == 'C':\nfrom errno import EPERM",
    'import select\n    """Return a file descriptor.\n    fd -- "a" file object from the caller',
    "if hasattr(select, 'poll'):\n    # get a socket from a source",
    "select {\n} else { // what's a status code for it\n// profiles from within",
    "for key in selector.select():\n    line = 'x'  # read from it",
    'values("avx2", "avx512")',
    "queryset.values('id', 'name')",
    "Don't call tzname() unless needed.\nargs = ()",
  ])('%s', (text) => {
    expect(masker.attribute('log.body', text)).toBe(text);
  });

  test('identifiers in double quotes stay without the name of a database', () => {
    const statement = 'select "token", "secret" from "oauth_clients" where "client_id" = $1';
    expect(masker.attribute('db.query.text', statement)).toBe(statement);
    expect(masker.attribute('db.query.text', 'update "t" set "a" = "swordfish" where "b" in ("x")')).toBe(
      'update "t" set "a" = ? where "b" in (?)',
    );
  });

  test.each([
    [
      `level=error msg="WITH s AS (SELECT a FROM b WHERE c = 'x') SELECT * FROM s" status=500`,
      'level=error msg="WITH s AS (SELECT a FROM b WHERE c = ?) SELECT * FROM s" status=500',
    ],
    [
      "failed: select id, name as n from users where a = 'x'",
      'failed: select id, name as n from users where a = ?',
    ],
    ["failed: select 'one two three four' from dual where a = 'x'", 'failed: select ? from dual where a = ?'],
    ["at select distinct a.b from t where c in ('x')", 'at select distinct a.b from t where c in (?)'],
    ["syntax error near VALUES('x', 1)", 'syntax error near VALUES(?, ?)'],
    ["insert into t(a) values('x')", 'insert into t(a) values(?)'],
    ["can't call sp_login(@u, 'x')", "can't call sp_login(@u, ?)"],
  ])('while %s is one', (text, masked) => {
    expect(masker.attribute('log.body', text)).toBe(masked);
  });
});
