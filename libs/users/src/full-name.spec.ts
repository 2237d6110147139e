import { joinNames, splitFullName } from './full-name.js';

describe('a full name', () => {
  it.each([
    ['Mary Ann Smith', 'Mary', 'Ann Smith'],
    ['test', 'test', null],
    ['  test  ', 'test', null],
    ['Mary  Smith', 'Mary', ' Smith'],
    ['Mary\u00a0Ann Smith', 'Mary\u00a0Ann', 'Smith'],
    ['Mary\tSmith', 'Mary\tSmith', null],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ])('%j is %j and %j', (fullName, firstName, lastName) => {
    expect(splitFullName(fullName)).toEqual({ firstName, lastName });
  });

  it.each(['Mary Ann Smith', 'test', 'Mary  Smith', 'a b c d', '金 正'])(
    '%j reads as it was given when both names are joined',
    (fullName) => expect(joinNames(splitFullName(fullName))).toBe(fullName),
  );

  it.each([
    ['Mary', 'Smith', 'Mary Smith'],
    ['Mary', null, 'Mary'],
    [null, 'Smith', 'Smith'],
    [null, null, null],
  ])('of %j and %j is %j', (firstName, lastName, fullName) => {
    expect(joinNames({ firstName, lastName })).toBe(fullName);
  });
});
