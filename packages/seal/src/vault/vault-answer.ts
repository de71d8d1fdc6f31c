import { streamKeyError } from '../stream-key-source.js';

/** Longest answer that is read, in bytes. */
const maxAnswerBytes = 65_536;

const base64Of32Bytes = /^[A-Za-z0-9+/]{43}=$/;

/** The text of an answer, whose length is the server's to choose. */
export async function readAnswer(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > maxAnswerBytes) {
      await reader?.cancel();
      throw streamKeyError('ANSWER', {
        path: 'vault',
        expected: `at most ${maxAnswerBytes} bytes`,
        got: 'more',
      });
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The MAC of an answer: `vault:vN:` and base64. Another version than the one that was asked for is another key.
 *
 * @throws SealError `ERR_SPANSEAL_STREAM_KEY_ANSWER`
 */
export function macOfAnswer(text: string, keyVersion: number): Uint8Array {
  const mac = hmacMember(text);
  const [scheme, version, encoded, ...rest] = typeof mac === 'string' ? mac.split(':') : [];
  const isSound =
    scheme === 'vault' && rest.length === 0 && encoded !== undefined && base64Of32Bytes.test(encoded);
  if (isSound && version === `v${keyVersion}`) return Uint8Array.from(Buffer.from(encoded, 'base64'));
  const expected = `a MAC of 32 bytes under version ${keyVersion} of the key`;
  throw streamKeyError('ANSWER', {
    path: 'vault',
    expected,
    got: isSound ? 'one under another version' : 'none',
  });
}

function hmacMember(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : undefined;
    return typeof data === 'object' && data !== null && 'hmac' in data ? data.hmac : undefined;
  } catch {
    // The parser's own message quotes the text.
    return undefined;
  }
}

/** Statuses for which another call would end the same way. 412, 429 and 472 to 473 (standbys) pass. */
export function refusedStatus(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 412, 425, 429, 472, 473].includes(status);
}
