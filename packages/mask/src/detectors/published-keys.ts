/**
 * Keys that public code and documentation carry for everybody to use, without their `AIza`: gitleaks' allow list of Google
 * API keys. They are the keys of browser pages and samples.
 */
const PUBLISHED: ReadonlySet<string> = new Set(
  (
    'Syabcdefghijklmnopqrstuvwxyz1234567 SyAnLA7NfeLquW1tJFpx_eQCxoX-oo6YyIs SyCkEhVjf3pduRDt6d1yKOMitrUEke8agEM ' +
    'SyDMAScliyLx7F0NPDEJi1QmyCgHIAODrlU SyD3asb-2pEZVqMkmL6M9N6nHZRR_znhrh0 yDNSXIbFmlXbIE6mCzDLQAqITYefhixbX4A ' +
    'SyAdOS2zB6NCsk1pCdZ4-P6GBdi_UUPwX7c SyASWm6HmTMdYWpgMnjRBjxcQ9CKctWmLd4 SyANUvH9H9BsUccjsu2pCmEkOPjjaXeDQgY ' +
    'SyA5_iVawFQ8ABuTZNUdcwERLJv_a_p4wtM SyA4UrcGxgwQFTfaI3no3t7Lt1sjmdnP5sQ SyDSb51JiIcB6OJpwwMicseKRhhrOq1cS7g ' +
    'SyBF2RrAIm4a0mO64EShQfqfd2AFnzAvvuU SyBcE-OOIbhjyR83gm4r2MFCu4MJmprNXsw SyB8qGxt4ec15vitgn44duC5ucxaOi4FmqE ' +
    'SyA8vmApnrHNFE0bApF4hoZ11srVL_n0nvY'
  ).split(' '),
);
const LENGTH = 39;

/** Whether a key is one that was published on purpose. */
export function isPublishedKey(key: string): boolean {
  return key.length === LENGTH && key.startsWith('AIza') && PUBLISHED.has(key.slice(4));
}
