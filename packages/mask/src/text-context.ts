import type { ContentKind } from './content-kind.js';

/** What is known about a text besides itself. */
export interface TextContext {
  readonly kind: ContentKind;
  /** Value of `db.system.name` beside a statement, of `process.executable.name` beside a command; lower case. */
  readonly dialect?: string | undefined;
  /** Set when the text was bytes: then its control characters stay. */
  readonly bytes?: true;
}

export const PLAIN: TextContext = { kind: { is: 'text', header: '' } };
/** Names, and texts that a span has beside its attributes. */
export const ONE_LINE: TextContext = { kind: { is: 'text', header: '', lines: 'one' } };
