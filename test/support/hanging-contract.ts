import { Controller, Get, Param } from '@nestjs/common';
import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { CONTRACTS } from '@gatehouse/contracts';
import { AuthError } from '@gatehouse/kernel';
import { INNER_DETAIL, THROWN } from './failing-contract.js';
import type { ContractId } from './open-account.js';

/** What a handler comes to in the end. */
export const OUTCOMES: Readonly<Record<string, () => unknown>> = {
  answer: () => ({ inner: INNER_DETAIL }),
  refusal: () => {
    throw new AuthError('credentials_invalid');
  },
  fault: () => {
    throw THROWN['type']?.();
  },
  nothing: () => {
    throw THROWN['nothing']?.();
  },
};

/** A contract whose handlers wait until `released` resolves; its error format is that of the contract named. */
export function hangingContract(id: string, like: ContractId, released: Promise<void>): Contract {
  @Controller('waits')
  class WaitsController {
    @Get(':what')
    async wait(@Param('what') what: string): Promise<unknown> {
      await released;
      return OUTCOMES[what]?.();
    }
  }
  const { errors, refresh } = CONTRACTS.find((contract) => contract.id === like) as Contract;
  const root = { id, own: [`/${id}-root`] };
  return defineContract({
    title: id,
    basePath: '/waits',
    root,
    controllers: [WaitsController],
    refresh,
    errors,
  });
}
