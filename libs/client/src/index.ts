export type { ClientOptions, ContractClient } from './create-client.js';
export { localStorageStore } from './local-storage-store.js';
export { memoryStore } from './memory-store.js';
export { type LoggedOutReason, RefreshFailed, type Session } from './session.js';
export type { Tokens, TokenStore } from './tokens.js';
