import { open } from 'node:fs/promises';
import type { Policy } from '@spanseal/mask';
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { errorCode } from './capture.js';
import { CliError } from './cli-error.js';

/** A policy as a file holds it. Its content is checked by `createMasker`, which reports every fault at once. */
export interface PolicyFile {
  readonly policy: Policy;
  /** The line on which a path (`keys[2].pattern`) stands, or the nearest part of it that stands at all. */
  lineOf(path: string): number | undefined;
}

/** Larger files are no policies. In bytes. */
const LARGEST = 4 * 1024 * 1024;
const MOST_ALIASES = 100;

/**
 * The policy of a JSON or YAML file.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_POLICY` when the file cannot be read, is empty, or is no one document of JSON or YAML.
 */
export async function readPolicyFile(path: string): Promise<Policy> {
  return (await openPolicyFile(path)).policy;
}

/**
 * The policy of a JSON or YAML file, and where its parts stand.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_POLICY` when the file cannot be read, is empty, or is no one document of JSON or YAML.
 */
export async function openPolicyFile(path: string): Promise<PolicyFile> {
  const lines = new LineCounter();
  const document = parseDocument(decode(await readBounded(path)), { lineCounter: lines });
  // The parser's messages quote the text, which can hold a hash key; its codes and positions do not.
  const [error] = document.errors;
  if (error !== undefined) {
    throw policyError(
      PARSE_FAULTS.get(error.code) ?? 'JSON or YAML',
      `${describe(error.code)}${lineText(error.linePos)}`,
    );
  }
  const [warning] = document.warnings;
  if (warning !== undefined)
    throw policyError('values without tags', `a tag of unknown meaning${lineText(warning.linePos)}`);
  const policy = toValue(document);
  if (policy === null) throw policyError('one object, the policy', 'an empty file');
  return { policy: policy as Policy, lineOf: (place) => lineOf(document, { place, lines }) };
}

async function readBounded(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const buffer = Buffer.alloc(LARGEST + 1);
    let length = 0;
    // A pipe gives its content in pieces, and has no size to ask for.
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = (await file.read(buffer, length, buffer.length - length)).bytesRead;
    }
    if (length <= LARGEST) return buffer.subarray(0, length);
  } catch (error) {
    throw policyError('a file that can be read', errorCode(error));
  }
  throw policyError(`a file of at most ${LARGEST / 1024 / 1024} MiB`, 'a larger one');
}

function decode(bytes: Uint8Array): string {
  try {
    // Takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw policyError('UTF-8 text', 'other bytes');
  }
}

function toValue(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    throw policyError('aliases of anchors that stand before them, and not many', 'others');
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

function policyError(expected: string, got: string): CliError {
  return new CliError('ERR_SPANSEAL_CLI_POLICY', { option: '--policy', expected, got });
}
