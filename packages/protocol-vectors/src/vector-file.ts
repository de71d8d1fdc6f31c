/**
 * What a conforming verifier does with the input of a case: `positive`, it accepts it; `negative`, it refuses it, or finds a
 * fault in it; `advisory`, what this implementation says, where another one may say `orElse`.
 */
export type VectorKind = 'positive' | 'negative' | 'advisory';

/** One case of a file. */
export interface VectorCase<Input = object, Expected = object> {
  /** Unique in its file; kept for as long as the case means the same. */
  readonly id: string;
  readonly kind: VectorKind;
  /** The oldest format that a validator must know to read the case, where that is not the one of the file. */
  readonly minFormatVersion?: number;
  /** What the case shows, in a sentence. */
  readonly says: string;
  readonly input: Input;
  readonly expected: Expected;
  /** Of an advisory case: what another implementation may say as well. */
  readonly orElse?: readonly Expected[];
}

/** One published file. */
export interface VectorFile {
  /** The name of the file, without `.json`. */
  readonly topic: string;
  readonly about: string;
  readonly cases: readonly VectorCase[];
}

/** The newest format that something is written in. 2: `key-schedule` asks for batch keys. */
export const formatVersion = 2;
/** The oldest format that a validator must know to read a file as it is written now, but for cases that say their own. */
export const minFormatVersion = 1;

/** The text of a file: each member of a case on a line of its own, as are those of its input and of what is expected. */
export function vectorText({ topic, about, cases }: VectorFile): string {
  const head = {
    format_version: Math.max(
      minFormatVersion,
      ...cases.map((one) => one.minFormatVersion ?? minFormatVersion),
    ),
    min_format_version: minFormatVersion,
    protocol_version: 1,
    topic,
    about,
    cases: cases.map(writtenCase),
  };
  return `${lined(head, 4)}\n`;
}

function writtenCase({ id, kind, says, minFormatVersion, orElse, ...rest }: VectorCase): object {
  return {
    ...{ id, kind, says },
    ...(minFormatVersion === undefined ? {} : { min_format_version: minFormatVersion }),
    ...rest,
    ...(orElse === undefined ? {} : { or_else: orElse }),
  };
}

/** JSON with lines down to so many levels, and the rest of each on one. */
function lined(value: unknown, levels: number, indent = ''): string {
  if (levels === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const lines = Object.entries(value).map(
    ([name, member]) =>
      `${inner}${isList ? '' : `${JSON.stringify(name)}: `}${lined(member, levels - 1, inner)}`,
  );
  const [open, close] = isList ? '[]' : '{}';
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
