import { type Policy, SpansealError } from '@spanseal/mask';
import { readBounded } from '@spanseal/seal/file';
import { constructFromEvents, type Event, parseEvents, YAMLException } from 'js-yaml';
import { PolicyLines } from './policy-lines.js';

/** A policy as a file holds it. Its content is checked by `createMasker`, which reports every fault at once. */
export interface PolicyFile {
  readonly policy: Policy;
  /** The line on which a path (`keys[2].pattern`) stands, or the nearest part of it that stands at all. */
  lineOf(path: string): number | undefined;
}

/** A file that is no policy: unreadable, empty, too large, or no one document of JSON or YAML. Nothing of it is in here. */
export class PolicyFileError extends SpansealError {
  declare readonly code: 'ERR_SPANSEAL_POLICY_FILE';
  readonly expected: string;
  /** What kind of thing came. */
  readonly got: string;

  constructor(expected: string, got: string) {
    super('ERR_SPANSEAL_POLICY_FILE', `expected ${expected}, got ${got}`);
    this.expected = expected;
    this.got = got;
  }
}

/** Larger files are no policies. In bytes. */
const LARGEST = 4 * 1024 * 1024;
const MOST_ALIASES = 100;

/**
 * The policy of a JSON or YAML file, and where its parts stand.
 *
 * @throws PolicyFileError `ERR_SPANSEAL_POLICY_FILE` when the file cannot be read, is empty, or is no one document of JSON or YAML.
 */
export function openPolicyFile(path: string): PolicyFile {
  const source = decode(read(path));
  const { events, documents } = parse(source);
  if (documents.length > 1) throw new PolicyFileError('one document', 'several');
  const policy = documents[0] ?? null;
  if (policy === null) throw new PolicyFileError('one object, the policy', 'an empty file');
  const lines = new PolicyLines({ source, events });
  return { policy: policy as Policy, lineOf: (path) => lines.lineOf(path) };
}

function parse(source: string): {
  readonly events: readonly Event[];
  readonly documents: readonly unknown[];
} {
  try {
    const events = parseEvents(source, {});
    return { events, documents: constructFromEvents(events, { source, maxAliases: MOST_ALIASES }) };
  } catch (error) {
    if (error instanceof YAMLException) throw parseFault(error);
    throw error;
  }
}

function read(path: string): Uint8Array {
  let bytes: Uint8Array | undefined;
  try {
    bytes = readBounded(path, LARGEST);
  } catch (error) {
    throw new PolicyFileError('a file that can be read', errorCode(error));
  }
  if (bytes !== undefined) return bytes;
  throw new PolicyFileError(`a file of at most ${LARGEST / 1024 / 1024} MiB`, 'a larger one');
}

/** The code of a system error: its message can hold more than should be shown. */
function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}

function decode(bytes: Uint8Array): string {
  try {
    // Takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PolicyFileError('UTF-8 text', 'other bytes');
  }
}

/** What is wrong, by how the parser's reason begins. */
const PARSE_FAULTS: readonly (readonly [begin: RegExp, expected: string, got: string])[] = [
  [/^duplicated mapping key/, 'each member once', 'one twice'],
  [
    /^(?:unidentified alias|aliases exceeded)/,
    'aliases of anchors that stand before them, and not many',
    'others',
  ],
  [/^(?:unknown [a-z]+ tag|undeclared tag)/, 'values without tags', 'a tag of unknown meaning'],
];

/** In the words of the parser, up to where it may quote the text, which can hold a hash key. */
function parseFault({ reason, mark }: YAMLException): PolicyFileError {
  const line = mark === undefined ? '' : ` on line ${mark.line + 1}`;
  for (const [begin, expected, got] of PARSE_FAULTS) {
    if (begin.test(reason)) return new PolicyFileError(expected, `${got}${line}`);
  }
  const words = /^[a-z]+(?: [a-z]+)*(?= \(|[,;]|$)/.exec(reason)?.[0];
  return new PolicyFileError('JSON or YAML', `a text that is neither${words ? ` (${words})` : ''}${line}`);
}
