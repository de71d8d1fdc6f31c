import type { ReadableSpan } from '@spanseal/span-processor';

/**
 * Masking as one writes it oneself in an afternoon: the ten key regexes as published, one regex for each kind of secret,
 * each tried on each text, `JSON.parse` and a walk for JSON, `new URL` for URLs. It is the reference of the ratios, so
 * nothing in it is slower than its idea: regexes are compiled once and bounded, loops are plain, and what has not changed
 * is not written anew.
 */

const mask = '****';

const keyPatterns: readonly RegExp[] = [
  /.*pass.*/i,
  /.*key.*/i,
  /.*secret.*/i,
  /.*credential.*/i,
  /.*passphrase.*/i,
  /SessionToken/i,
  /x-amz-security-token/i,
  /Signature/i,
  /Credential/i,
  /Authorization/i,
];

/** The kinds of the default policy: twelve detectors, one regex each. The first is the payment card. */
export const detectorPatterns: readonly RegExp[] = [
  /(?<![\d.-])\d(?:[ -]?\d){12,18}(?!\d)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/g,
  /\baws_secret_access_key\s{0,4}[=:]\s{0,4}[A-Za-z0-9/+]{40}/gi,
  /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g,
  /:\/\/[^\s/:@]{1,64}:[^\s/@]{1,64}@/g,
  /\b\d{3}-\d{2}-\d{4}\b/g,
  /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}/g,
  /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/g,
  /\bBearer\s+[\w.~+/=-]{8,}/gi,
  /\bBasic\s+[\w+/=]{8,}/gi,
  /\b(?:gh[pousr]_[A-Za-z0-9]{36}|xox[abprs]-[\w-]{10,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|AIza[\w-]{35})/g,
];

function isSensitiveKey(key: string): boolean {
  for (const pattern of keyPatterns) if (pattern.test(key)) return true;
  return false;
}

function passesLuhn(text: string): boolean {
  let sum = 0;
  let double = false;
  for (let index = text.length - 1; index >= 0; index -= 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) continue;
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
    double = !double;
  }
  return sum % 10 === 0;
}

function maskText(text: string): string {
  let masked = text;
  for (const pattern of detectorPatterns) {
    masked =
      pattern === detectorPatterns[0]
        ? masked.replace(pattern, (digits) => (passesLuhn(digits) ? mask : digits))
        : masked.replace(pattern, mask);
  }
  return masked;
}

function maskTree(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(maskTree);
  const masked: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    masked[key] = isSensitiveKey(key) ? mask : maskTree(member);
  }
  return masked;
}

function maskParameters(parameters: URLSearchParams): boolean {
  let changed = false;
  for (const key of [...parameters.keys()]) {
    if (!isSensitiveKey(key)) continue;
    parameters.set(key, mask);
    changed = true;
  }
  return changed;
}

function maskUrl(text: string): string {
  try {
    const url = new URL(text);
    return maskParameters(url.searchParams) ? url.toString() : text;
  } catch {
    return text;
  }
}

function maskQuery(text: string): string {
  const parameters = new URLSearchParams(text);
  return maskParameters(parameters) ? parameters.toString() : text;
}

function maskString(key: string, text: string): string {
  if (text.startsWith('{') || text.startsWith('[')) {
    try {
      return JSON.stringify(maskTree(JSON.parse(text)));
    } catch {
      return maskText(text);
    }
  }
  if (text.startsWith('http://') || text.startsWith('https://')) return maskText(maskUrl(text));
  return maskText(key === 'url.query' ? maskQuery(text) : text);
}

/** A masked copy of attributes. */
export function maskAttributesNaively(
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const masked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (isSensitiveKey(key)) masked[key] = mask;
    else masked[key] = typeof value === 'string' ? maskString(key, value) : maskTree(value);
  }
  return masked;
}

/** A masked copy of a span: name, status message, attributes of span and events. */
export function maskSpanNaively(span: ReadableSpan): ReadableSpan {
  const { status, events } = span;
  return {
    name: maskText(span.name),
    kind: span.kind,
    spanContext: () => span.spanContext(),
    parentSpanContext: span.parentSpanContext,
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: status.message === undefined ? status : { ...status, message: maskText(status.message) },
    attributes: maskAttributesNaively(span.attributes),
    links: span.links,
    events: events.map((event) => ({
      ...event,
      attributes: event.attributes && maskAttributesNaively(event.attributes),
    })),
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}
