export { type VaultOptions, type VaultToken, vaultSource } from './vault-source.js';
