import { createKeyRing, type KeyRing, type KeyRingOptions } from '../key-ring.js';
import { SealError, type SealFault } from '../seal-error.js';
import { parseKeyFile } from './key-file-text.js';
import { fileError } from './watched-file.js';

/** What is given beside a file, for what it does not say itself. */
export interface FileOptions {
  readonly keyId: string | undefined;
  readonly realm: string | undefined;
}

/**
 * The ring of a key file. What the file says itself is not contradicted in silence.
 *
 * @throws SealError `ERR_SPANSEAL_KEY_FILE` with every fault at once.
 */
export function ringOfText(text: string, given: FileOptions): KeyRing {
  const options = optionsOfText(text, given);
  try {
    return createKeyRing(options);
  } catch (error) {
    if (error instanceof SealError) throw new SealError('ERR_SPANSEAL_KEY_FILE', error.faults.map(asOfFile));
    throw error;
  }
}

/** A file has no functions: a source that it describes is for the command alone. */
function asOfFile(fault: SealFault): SealFault {
  if (!/\.source$/.test(fault.path)) return fault;
  const expected = 'a secret: only spanseal verify and spanseal prove take sources from a key file';
  return { ...fault, expected, got: 'a source' };
}

function optionsOfText(text: string, given: FileOptions): KeyRingOptions {
  const file = parseKeyFile(text);
  if ('got' in file) throw fileError({ path: 'file', ...file });
  if ('ring' in file) {
    agreed('keyId', file.ring.primary?.id, given.keyId);
    const realm = agreed('realm', file.ring.realm, given.realm);
    return realm === undefined ? file.ring : { ...file.ring, realm };
  }
  const id = agreed('keyId', file.id, given.keyId);
  if (id === undefined) {
    throw fileError({ path: 'keyId', expected: 'an id, in the file or beside it', got: 'none' });
  }
  const realm = agreed('realm', file.realm, given.realm);
  return { ...(realm !== undefined && { realm }), primary: { id, secret: file.secret } };
}

function agreed(path: string, inFile: string | undefined, given: string | undefined): string | undefined {
  if (inFile !== undefined && given !== undefined && inFile !== given) {
    throw fileError({ path, expected: 'what the file says', got: 'another one' });
  }
  return inFile ?? given;
}
