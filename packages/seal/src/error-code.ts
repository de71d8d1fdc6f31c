/**
 * The code of an error of Node.js or OpenSSL: a constant, which holds nothing of what was read or sent. Not by its class: a sandbox,
 * as of a test runner, has another one of that name.
 */
export function codeOf(error: unknown): string | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : undefined;
}
