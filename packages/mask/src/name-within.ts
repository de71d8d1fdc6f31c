import { anyGlob } from './name-glob.js';

/** The attributes in whose values a rule looks at names. */
export interface NameWithin {
  /** True for the key of an attribute whose nested names are meant. */
  holds(attribute: string): boolean;
  /** The part of a key that is itself a name nested in what a glob means, as `authorization` in `http.request.header.*`. */
  nestedName(key: string): string | undefined;
}

/** Globs of attribute keys. What the star of `prefix.*` stands for is a nested name too. */
export function compileWithin(globs: readonly string[]): NameWithin {
  const prefixes = globs.flatMap((glob) => {
    const prefix = glob.endsWith('.*') ? glob.slice(0, -1).toLowerCase() : '';
    return prefix === '' || /[*?]/.test(prefix) ? [] : [prefix];
  });
  return {
    holds: anyGlob(globs),
    nestedName(key) {
      const prefix = prefixes.find((text) => key.slice(0, text.length).toLowerCase() === text);
      return prefix === undefined || key.length === prefix.length ? undefined : key.slice(prefix.length);
    },
  };
}
