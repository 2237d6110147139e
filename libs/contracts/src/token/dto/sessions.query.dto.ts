import { Flag, WholeNumber } from '@gatehouse/contract-kit';

export class SessionsQueryDto {
  @WholeNumber('The page number; 1 where it is left out', { least: 1, most: 2 ** 31 - 1 })
  page = 1;

  @WholeNumber('The number of sessions per page; 20 where it is left out', { least: 1, most: 100 })
  per_page = 20;

  @Flag('Leave ended sessions out')
  active = false;
}

export class EndSessionsQueryDto {
  @Flag('Let the session that asks go on')
  except_current = false;
}
