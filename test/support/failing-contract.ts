import { Controller, Get, Param } from '@nestjs/common';
import { type Contract, defineContract } from '@gatehouse/contract-kit';
import { CONTRACTS } from '@gatehouse/contracts';
import type { ContractId } from './open-account.js';

/** What an error says that nobody foresaw: all of it is for the log alone. */
export const INNER_DETAIL = 'SELECT secret FROM vault failed in /srv/gatehouse/inner.js';

/** What a handler may throw, most of it no Error at all. */
export const THROWN: Readonly<Record<string, () => unknown>> = {
  error: () => new Error(INNER_DETAIL),
  type: () => new TypeError(INNER_DETAIL),
  cause: () => new Error('outer', { cause: new Error(INNER_DETAIL) }),
  sql: () =>
    Object.assign(new Error(INNER_DETAIL), {
      code: '42P01',
      query: INNER_DETAIL,
      parameters: [INNER_DETAIL],
    }),
  status: () => Object.assign(new Error(INNER_DETAIL), { statusCode: 500, status: 200 }),
  string: () => INNER_DETAIL,
  object: () => ({ message: INNER_DETAIL, toString: () => INNER_DETAIL }),
  nothing: () => undefined,
  null: () => null,
};

/** A contract that answers every request by a fault of its own, in the error format of the contract named. */
export function failingContract(id: string, like: ContractId): Contract {
  @Controller('faults')
  class FaultsController {
    @Get('sync/:what')
    sync(@Param('what') what: string): void {
      throw THROWN[what]?.();
    }

    @Get('async/:what')
    async async(@Param('what') what: string): Promise<void> {
      await Promise.resolve();
      throw THROWN[what]?.();
    }

    /** What JSON cannot spell. */
    @Get('answer')
    answer(): object {
      return { amount: 1n };
    }
  }
  const { errors, refresh } = CONTRACTS.find((contract) => contract.id === like) as Contract;
  const root = { id, own: [`/${id}-root`] };
  return defineContract({
    title: id,
    basePath: '/faults',
    root,
    controllers: [FaultsController],
    refresh,
    errors,
  });
}
