/** What `Retry-After` asks for, in milliseconds from now: RFC 9110 §10.2.3. Undefined when it asks for nothing. */
export function retryAfterMillis(value: string | undefined, nowMillis: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - nowMillis);
}
