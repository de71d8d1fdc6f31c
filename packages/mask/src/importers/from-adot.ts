import type { KeyRule, Policy } from '../policy.js';

/** Environment variables, as `process.env` holds them. */
export type Environment = { readonly [name: string]: string | undefined };

/**
 * The policy of the AWS Distro for OpenTelemetry's `AWS_REDACT_SPAN_ATTRIBUTES`: names of attributes and globs, with commas
 * between them, in exact case. A value of any type becomes `REDACTED`; nothing else is masked.
 *
 * @see https://github.com/aws-observability/aws-otel-js-instrumentation
 */
export function fromAdot(env: Environment): Policy {
  const list = env['AWS_REDACT_SPAN_ATTRIBUTES'];
  const names = (typeof list === 'string' ? list : '').split(',').map((name) => name.trim());
  const keys = [...new Set(names)].filter((name) => name !== '').map(keyRule);
  return { extends: [], mask: 'REDACTED', keys };
}

/** Only the star is special there; of our globs the question mark and the dollar sign are, too. */
function keyRule(name: string): KeyRule {
  const options = { caseSensitive: true, whole: true } as const;
  if (!/[?$]/.test(name)) return { glob: name, ...options };
  const escaped = name.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replace(/\*+/g, '.*');
  return { pattern: `^${escaped}$`, name, ...options };
}
