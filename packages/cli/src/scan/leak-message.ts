import type { SuspicionKind } from './suspicion.js';

/** What a leak is, in a sentence. */
export function leakMessage(kind: SuspicionKind, detector: string): string {
  switch (kind) {
    case 'secret-format':
      return `a credential by its form (${detector})`;
    case 'personal-data':
      return `personal data by its form (${detector})`;
    case 'secret-name':
      return `a value under a name that the preset default masks (${detector})`;
    case 'personal-name':
      return `a value under a name that the preset pii masks (${detector})`;
    case 'secret-place':
      return 'a part that the preset default masks for its place: of a URL, a command or a statement';
    case 'suspicious-name':
      return detector === 'personal-word'
        ? 'a value under a word for personal data that no preset lists'
        : 'a value under a word for secrets that no preset lists';
    case 'token-shape':
      return 'random characters behind a word for a key or token';
    case 'high-entropy':
      return 'random characters, too many for a word and of no known identifier';
    case 'password-shape':
      return 'one word of small and capital letters, digits and signs, as passwords are';
    case 'encoded-content':
      return `base64 of a text with something secret in it (${detector})`;
    case 'secret-store':
      return `spans of a secret store that the policy does not mask whole (${detector})`;
  }
}
