export { GuessingModule } from './guessing.module.js';
export { KnownNetwork } from './known-network.entity.js';
export { LoginFailure } from './login-failure.entity.js';
export { type GuessTarget, KNOWN_NETWORKS, LoginGuard } from './login-guard.service.js';
export { networkOf, plainAddress } from './network.js';
export { ThrottleCounter } from './throttle/throttle-counter.entity.js';
export { type Counts, type Refusal, Throttle } from './throttle/throttle.service.js';
