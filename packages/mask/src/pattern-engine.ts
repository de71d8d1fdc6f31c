/** A compiled pattern of any engine, in the terms of re2js. */
export interface PatternEngine {
  /** True when the pattern matches somewhere in the text. */
  test(text: string): boolean;
  /** True when the pattern matches the text as a whole. */
  testExact(text: string): boolean;
  groupCount(): number;
  namedGroups(): Readonly<Record<string, number>>;
  matcher(text: string): PatternMatcher;
}

/** The matches of a pattern in one text. */
export interface PatternMatcher {
  /** Finds the first match from an offset on. */
  find(from?: number): boolean;
  start(): number;
  end(): number;
  group(group: number): string | null;
  groupCount(): number;
}
