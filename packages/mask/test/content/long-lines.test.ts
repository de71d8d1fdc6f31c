import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

// What stands far from a secret is passed over, in a long line as between lines; nothing of the secret may go with it.
const FILLERS = ['lorem ipsum ', 'x: : ', 'a=b ', 'a=b;', 'n:1,', '<a> ', '"a" ', "it's "];
const SECRETS = [
  'password=Zq8LmTvW, done',
  '"api key": "Zq8LmTvW" done',
  'the api key is Zq8LmTvW81 then',
  'https://host/a?b=c&token=Zq8LmTvW end',
  `https://host/${'a/'.repeat(1200)}?token=Zq8LmTvW end`,
  `https://host/?${'a=b&'.repeat(700)}token=Zq8LmTvW'Zq8XcVbN end`,
  `GET /${'a/'.repeat(1200)}x?session_token=Zq8LmTvW HTTP/1.1 end`,
  `password="${'Zq8 '.repeat(900)}" end`,
  'Authorization: Bearer Zq8LmTvW81xPq end',
  '<password>Zq8LmTvW</password> end',
  'postgres://user:Zq8LmTvW@host/db end',
];

describe.each(FILLERS)('a secret in a long line of %j', (filler) => {
  const around = filler.repeat(Math.ceil(6000 / filler.length));

  test.each(SECRETS.map((secret) => [secret.slice(0, 60), secret]))(
    'goes as in a short one: %s',
    (_, secret) => {
      const short = masker.text(`${filler}${secret} ${filler}`);
      expect(short).not.toContain('Zq8');
      const long = masker.text(`${around}${secret} ${around}`);
      expect(long).toBe(around.slice(filler.length) + short + around.slice(filler.length));
    },
  );
});
