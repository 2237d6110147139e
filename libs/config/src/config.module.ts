import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, KeyRing, Random, SystemClock, SystemRandom } from '@gatehouse/kernel';
import { CONFIG, type Config } from './config.js';

/** Gives every room the configuration and what must be steerable in tests: time, randomness and keys. */
@Module({})
export class ConfigModule {
  /** @param clock the time; a test gives one that it can turn */
  static for(config: Config, clock: Clock = new SystemClock()): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: KeyRing, useValue: new KeyRing(config.secretKeys) },
      { provide: Clock, useValue: clock },
      { provide: Random, useClass: SystemRandom },
    ];
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
