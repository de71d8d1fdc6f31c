/** Whether a prefix says that a key, token or secret follows. */
export function namesSecret(prefix: string): boolean {
  return /(?:^|[^A-Za-z])(?:sk|rk|key|tok|token|secret|pat|prv|priv|private|live|test|apikey|auth|pass|pwd)[_-]/i.test(
    prefix,
  );
}
