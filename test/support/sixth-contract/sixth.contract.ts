import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { type Caller, Login } from '@gatehouse/auth';
import {
  AccessTokenGuard,
  type Contract,
  type ContractRoot,
  CurrentCaller,
  CurrentToken,
  defineContract,
  GivenPassword,
  Text,
  ValidBody,
  type WireError,
} from '@gatehouse/contract-kit';
import { ERROR_CODES, type ErrorCode } from '@gatehouse/kernel';
import type { AccessToken } from '@gatehouse/tokens';

class KnockDto {
  @Text({ about: 'Who knocks', example: 'mary', most: 254 })
  who: string;

  @GivenPassword({ about: 'The password', example: 'abc123456' })
  secret: string;
}

@Controller('six/door')
class DoorController {
  constructor(private readonly login: Login) {}

  @Post('knock')
  @HttpCode(200)
  async knock(@ValidBody() { who, secret }: KnockDto, @CurrentCaller() caller: Caller) {
    const { access, refreshToken } = await this.login.logIn({ login: who, password: secret }, caller);
    return { key: access.token, spare: refreshToken };
  }

  @Get('name')
  @UseGuards(AccessTokenGuard)
  name(@CurrentToken() { username }: AccessToken) {
    return { name: username };
  }

  @Get('broken')
  broken() {
    throw new TypeError('a secret detail of the inside');
  }
}

/** A table may be computed where a contract tells nothing apart: every refusal is a 418 to this one. */
const table = Object.fromEntries(
  ERROR_CODES.map((code): [ErrorCode, WireError] => [code, [418, `no: ${code}`]]),
) as Record<ErrorCode, WireError>;

export const sixthRoot: ContractRoot = { id: 'sixth', own: ['/six'] };

/** A small contract that no document describes: mounted by a test, to show what adding one takes. */
export const sixth: Contract = defineContract({
  title: 'sixth',
  basePath: '/six/door',
  root: sixthRoot,
  controllers: [DoorController],
  refresh: { format: 'uuid', rotates: true },
  errors: { table, contentType: 'application/vnd.sixth+json', present: ({ message }) => ({ no: message }) },
});
