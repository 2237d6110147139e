import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AuthModule } from '@gatehouse/auth';
import { AccessTokenGuard, OptionalTokenGuard, RefreshableTokenGuard } from './access-token.guard.js';
import { AccessTokenStrategy } from './access-token.strategy.js';
import type { Contract } from './contract.js';
import { ApiTokenGuard } from './api-token.guard.js';
import { RecentLoginGuard } from './recent-login.guard.js';

const PROVIDERS = [
  AccessTokenStrategy,
  AccessTokenGuard,
  RefreshableTokenGuard,
  OptionalTokenGuard,
  ApiTokenGuard,
  RecentLoginGuard,
];

/** Mounts contracts, each under its own prefix: Fastify refuses two controllers on one method and path. */
@Module({})
export class ContractKitModule {
  static for(contracts: readonly Contract[]): DynamicModule {
    const modules = contracts.map((contract) => moduleOf(contract));
    return {
      module: ContractKitModule,
      imports: [
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
    imports: [AuthModule, PassportModule],
    controllers: [...contract.controllers],
    providers: PROVIDERS,
  })(ContractModule);
  modules.set(contract, ContractModule);
  return ContractModule;
}
