import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { ThrottlerModule } from '@nestjs/throttler';
import { AuthModule } from '@gatehouse/auth';
import { CONFIG } from '@gatehouse/config';
import { GuessingModule, Throttle } from '@gatehouse/guessing';
import { RefreshTokens } from '@gatehouse/tokens';
import { AccessTokenGuard, OptionalTokenGuard, RefreshableTokenGuard } from './access-token.guard.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import type { Contract } from './contract.js';
import { ApiTokenGuard } from './api-token.guard.js';
import { RecentLoginGuard } from './recent-login.guard.js';
import { ThrottleGuard } from './throttle/throttle.guard.js';
import { throttlers } from './throttle/trackers.js';

const PROVIDERS = [
  AccessTokenStrategy,
  AccessTokenGuard,
  RefreshableTokenGuard,
  OptionalTokenGuard,
  ApiTokenGuard,
  RecentLoginGuard,
  ThrottleGuard,
];

/** Mounts contracts, each under its own prefix: Fastify refuses two controllers on one method and path. */
@Module({})
export class ContractKitModule {
  static for(contracts: readonly Contract[]): DynamicModule {
    const modules = contracts.map((contract) => moduleOf(contract));
    return {
      module: ContractKitModule,
      imports: [
        // for all modules: the library makes it global
        ThrottlerModule.forRootAsync({
          imports: [AuthModule, GuessingModule],
          inject: [CONFIG, Throttle, RefreshTokens],
          useFactory: throttlers,
        }),
        ...modules,
        RouterModule.register(modules.map((module, i) => ({ path: contracts[i]?.id as string, module }))),
      ],
    };
  }
}

const modules = new WeakMap<Contract, Type>();

/** The Nest module that holds a contract's controllers; one class for each, since the router tells them by class. */
export function moduleOf(contract: Contract): Type {
  const made = modules.get(contract);
  if (made) return made;
  class ContractModule {}
  Object.defineProperty(ContractModule, 'name', { value: `${contract.id}ContractModule` });
  Module({
    imports: [AuthModule, GuessingModule, PassportModule],
    controllers: [...contract.controllers],
    providers: PROVIDERS,
  })(ContractModule);
  modules.set(contract, ContractModule);
  return ContractModule;
}
