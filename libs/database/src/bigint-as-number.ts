/** For ids: pg gives int8 as text, and ours stay far below 2^53. */
export const bigintAsNumber = {
  from: (value: string | number) => Number(value),
  to: (value: number) => value,
};
