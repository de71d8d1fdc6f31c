import { isHarmlessRun, withoutPublicBlocks } from './harmless-shape.js';
import { type RandomRun, randomRuns } from './random-run.js';
import { namesSecret } from './secret-prefix.js';
import type { Suspicion } from './suspicion.js';
import type { NameFacts, NameSuspicion } from './suspicious-name.js';
import { shapeOf } from './value-shape.js';

/** Fewest random characters that count, by where they stand: alone, and in a text, which also holds identifiers. */
const ALONE = { mixed: 16, plain: 20 };
const IN_TEXT = { mixed: 24, plain: 28 };
/** Behind a word for a key, fewer are enough. */
const PREFIXED = 12;
/** Findings of one text. */
const MOST = 16;

/**
 * What is suspicious in a text by its characters and its name alone: no rule of any policy is asked.
 *
 * @param text attacker-controlled, any length; linear time.
 * @param name what the name of the value says about it: an attribute's key, a member's name.
 */
export function findTextSuspicions(text: string, name: NameFacts): readonly Suspicion[] {
  const byName = nameFinding(text, name.suspicion);
  if (byName !== undefined) return [byName];
  const { isPublic } = name;
  const found: Suspicion[] = [];
  const searched = withoutPublicBlocks(text);
  for (const run of randomRuns(searched)) {
    const suspicion = runFinding(searched, run, isPublic);
    if (suspicion !== undefined) found.push(suspicion);
    if (found.length >= MOST) break;
  }
  if (found.length === 0 && !isPublic && looksLikePassword(text)) {
    found.push({
      kind: 'password-shape',
      detector: 'letters-digits-signs',
      name: undefined,
      shape: shapeOf(text),
      whole: true,
    });
  }
  return found;
}

function runFinding(text: string, run: RandomRun, isPublic: boolean): Suspicion | undefined {
  const { start, end, mixed, prefix } = run;
  const shape = shapeOf(text.slice(start, end));
  const isWord =
    start - prefix.length === 0 && /^=*$/.test(text.slice(end, end + 3)) && end + 3 > text.length;
  const part = { name: undefined, shape, whole: isWord };
  if (end - start >= PREFIXED && namesSecret(prefix)) {
    return { kind: 'token-shape', detector: 'prefix-and-random', ...part };
  }
  if (isPublic || isHarmlessRun(text, run)) return undefined;
  const fewest = isWord ? ALONE : IN_TEXT;
  if (end - start < (mixed ? fewest.mixed : fewest.plain)) return undefined;
  return {
    kind: 'high-entropy',
    detector: mixed ? 'random-letters-and-digits' : 'random-characters',
    ...part,
  };
}

const HEX_SECRET = /^(?:0x)?(?:[0-9a-f]{32,}|[0-9A-F]{32,})$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function nameFinding(text: string, suspicion: NameSuspicion | undefined): Suspicion | undefined {
  if (suspicion === undefined || isNothing(text)) return undefined;
  const finding: Suspicion = {
    kind: 'suspicious-name',
    detector: suspicion === 'personal' ? 'personal-word' : 'secret-word',
    name: undefined,
    shape: shapeOf(text),
    whole: true,
  };
  if (suspicion === 'secret' || suspicion === 'personal') return finding;
  if (UUID.test(text) || text.length > 4096) return undefined;
  if (suspicion === 'hex' && HEX_SECRET.test(text)) return finding;
  return looksLikePassword(text) || isRandomWord(text) ? finding : undefined;
}

/** Placeholders, and answers to yes-or-no questions. */
function isNothing(text: string): boolean {
  return (
    text.length < 2 ||
    /^(?:true|false|yes|no|null|none|undefined|unknown|required|optional|enabled|disabled|redacted|[?*x.\-_]+|\[[^\]]{0,40}\]|<[^>]{0,40}>)$/i.test(
      text,
    )
  );
}

function isRandomWord(text: string): boolean {
  if (/\s/.test(text)) return false;
  for (const run of randomRuns(text)) {
    if (run.end - run.start >= PREFIXED && !isHarmlessRun(text, run)) return true;
  }
  return false;
}

const SIGNS = /[!@#$%^&*+~]/;
/** Characters of addresses, lists, expressions, dates and paths: no password that could be told from them. */
const OTHER_TEXT = /[\s/:=,;()[\]{}<>"'`|\\]/;
/** `left-pad@1.3.0`, `Outer$Inner1`, `%2F`, `*.example.com`. */
const TERMS = /@v?\d|^@|^[\w.]+(?:\$[\w.]+)+$|%[0-9A-Fa-f]{2}|^\*|^[+~^]?\d|[*+]$/;

/** Whether a whole value has the form of a password: small and capital letters, digits and signs, in one word. */
function looksLikePassword(text: string): boolean {
  if (text.length < 8 || text.length > 64 || OTHER_TEXT.test(text)) return false;
  return SIGNS.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && !TERMS.test(text);
}
