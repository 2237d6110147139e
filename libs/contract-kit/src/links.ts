import { type Page, totalPages } from '@gatehouse/kernel';

/**
 * The value of `Link` for one page of a list (RFC 8288): first, prev, next and last, as far as there are such.
 * @param url path and query as the client sent them; the query's other parameters are kept
 */
export function linksOf(url: string, page: Page<unknown>): string {
  const [path = '', ...rest] = url.split('?');
  const last = Math.max(1, totalPages(page));
  const to = (relation: string, number: number): string => {
    const parameters = new URLSearchParams(rest.join('?'));
    parameters.set('page', String(number));
    return `<${path}?${parameters.toString()}>; rel="${relation}"`;
  };
  return [
    to('first', 1),
    ...(page.page > 1 ? [to('prev', Math.min(page.page - 1, last))] : []),
    ...(page.page < last ? [to('next', page.page + 1)] : []),
    to('last', last),
  ].join(', ');
}
