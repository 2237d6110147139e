/** Which page is asked for: `page` from 1, `perPage` rows on each. */
export interface PageRequest {
  readonly page: number;
  readonly perPage: number;
}

/** One page of a list, and how many items there are in all. */
export interface Page<T> extends PageRequest {
  readonly items: readonly T[];
  readonly total: number;
}

export const totalPages = ({ total, perPage }: { total: number; perPage: number }): number =>
  Math.ceil(total / perPage);

/** OFFSET of a page; a bigint, because page 2^31-1 of 100 rows is past what an int4 holds. */
export const offsetOf = ({ page, perPage }: PageRequest): bigint => BigInt(page - 1) * BigInt(perPage);
