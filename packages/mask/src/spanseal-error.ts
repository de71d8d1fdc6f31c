/**
 * The parent of every error that Spanseal throws. `code` is literal and stable; the message names the option, what was
 * expected and what kind of thing came, never a value.
 */
export class SpansealError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.name = new.target.name;
  }
}
