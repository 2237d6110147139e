import { linksOf } from './links.js';

const page = (number: number, total: number, perPage = 3) => ({ page: number, perPage, total, items: [] });

/** rel → page number */
const pagesOf = (links: string): Record<string, string | null> =>
  Object.fromEntries(
    links.split(', ').map((link) => {
      const [, url, relation] = /^<([^>]*)>; rel="(\w+)"$/.exec(link) ?? [];
      return [relation, new URL(url ?? '', 'http://x').searchParams.get('page')];
    }),
  );

describe('linksOf', () => {
  it.each([
    ['the first of three', page(1, 7), { first: '1', next: '2', last: '3' }],
    ['the middle of three', page(2, 7), { first: '1', prev: '1', next: '3', last: '3' }],
    ['the last of three', page(3, 7), { first: '1', prev: '2', last: '3' }],
    ['the only one', page(1, 3), { first: '1', last: '1' }],
    ['the first of two, filled to the last place', page(1, 6), { first: '1', next: '2', last: '2' }],
    ['an empty list', page(1, 0), { first: '1', last: '1' }],
    ['one past the end', page(4, 7), { first: '1', prev: '3', last: '3' }],
    ['one far past the end', page(2 ** 31 - 1, 7), { first: '1', prev: '3', last: '3' }],
    ['one past an empty list', page(5, 0), { first: '1', prev: '1', last: '1' }],
  ])('of %s', (_, of, pages) => {
    expect(pagesOf(linksOf('/v1/sessions/users/1', of))).toEqual(pages);
  });

  it('keeps the path and the other parameters', () => {
    const [first] = linksOf('/v1/sessions/users/1?page=2&per_page=3&active=true', page(2, 7)).split(', ');
    expect(first).toBe('</v1/sessions/users/1?page=1&per_page=3&active=true>; rel="first"');
  });

  it('names the page where the request did not, and once where it did twice', () => {
    expect(linksOf('/list', page(1, 3))).toBe('</list?page=1>; rel="first", </list?page=1>; rel="last"');
    expect(linksOf('/list?page=1&page=9&q=a%20b', page(1, 3))).toContain('</list?page=1&q=a+b>; rel="first"');
  });

  it('keeps a question mark in a parameter', () => {
    expect(linksOf('/list?q=what?&page=1', page(1, 3))).toContain('</list?q=what%3F&page=1>; rel="first"');
  });

  it('lets nothing out of its angle brackets', () => {
    const links = linksOf('/list?q=%3E;rel=evil,<x>', page(1, 3));
    expect(links.match(/[<>]/g)).toHaveLength(4);
  });
});
