export * from './auth-error.js';
export * from './characters.js';
export * from './clock.js';
export * from './ids.js';
export * from './key-ring.js';
export * from './operator-error.js';
export * from './paging.js';
export * from './random.js';
