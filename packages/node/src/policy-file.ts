import { closeSync, openSync, readSync } from 'node:fs';
import { type Policy, SpansealError } from '@spanseal/mask';
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

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
  const lines = new LineCounter();
  const document = parseDocument(decode(readBounded(path)), { lineCounter: lines });
  // The parser's messages quote the text, which can hold a hash key; its codes and positions do not.
  const [error] = document.errors;
  if (error !== undefined) {
    throw new PolicyFileError(
      PARSE_FAULTS.get(error.code) ?? 'JSON or YAML',
      `${describe(error.code)}${lineText(error.linePos)}`,
    );
  }
  const [warning] = document.warnings;
  if (warning !== undefined)
    throw new PolicyFileError('values without tags', `a tag of unknown meaning${lineText(warning.linePos)}`);
  const policy = toValue(document);
  if (policy === null) throw new PolicyFileError('one object, the policy', 'an empty file');
  return { policy: policy as Policy, lineOf: (place) => lineOf(document, { place, lines }) };
}

function readBounded(path: string): Uint8Array {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(LARGEST + 1);
      let length = 0;
      // A pipe gives its content in pieces, and has no size to ask for.
      for (let read = -1; read !== 0 && length < buffer.length; length += read) {
        read = readSync(file, buffer, length, buffer.length - length, null);
      }
      if (length <= LARGEST) return buffer.subarray(0, length);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new PolicyFileError('a file that can be read', errorCode(error));
  }
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

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw new PolicyFileError('aliases of anchors that stand before them, and not many', 'others');
  }
}

const PARSE_FAULTS: ReadonlyMap<string, string> = new Map([
  ['DUPLICATE_KEY', 'each member once'],
  ['MULTIPLE_DOCS', 'one document'],
]);

function describe(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'one twice';
  return code === 'MULTIPLE_DOCS' ? 'several' : `a text that is neither (${code})`;
}

function lineText(position: readonly { readonly line: number }[] | undefined): string {
  return position?.[0] === undefined ? '' : ` on line ${position[0].line}`;
}

function lineOf(
  { contents }: Document.Parsed,
  { place, lines }: { readonly place: string; readonly lines: LineCounter },
): number | undefined {
  let node: Node | null = contents;
  let offset = contents?.range?.[0];
  for (let rest = place; rest !== '' && node !== null; ) {
    const step = stepInto(node, rest);
    if (step === undefined) break;
    [node, rest] = [step.node, step.rest];
    offset = step.offset ?? offset;
  }
  return offset === undefined || place === '' ? undefined : lines.linePos(offset).line;
}

interface PathStep {
  readonly node: Node | null;
  readonly offset: number | undefined;
  readonly rest: string;
}

/** One element or member further on a path. A member's name can have dots of its own. */
function stepInto(node: Node, path: string): PathStep | undefined {
  const index = /^\[(\d+)\]/.exec(path);
  if (isSeq(node) && index !== null) {
    const element = node.items[Number(index[1])] as Node | undefined;
    return element === undefined
      ? undefined
      : { node: element, offset: element.range?.[0], rest: path.slice(index[0].length) };
  }
  if (!isMap(node)) return undefined;
  const plain = path.replace(/^\./, '');
  for (const { key, value } of node.items as { key: Node & { value?: unknown }; value: Node | null }[]) {
    const name = String(key.value);
    if (!plain.startsWith(name) || !/^(?:[.[]|$)/.test(plain.slice(name.length))) continue;
    return { node: value, offset: key.range?.[0], rest: plain.slice(name.length) };
  }
  return undefined;
}
