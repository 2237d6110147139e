import type { Answer } from './http.js';

/** The answer is a page under this heading, with the headers that protect every page. */
export function expectPage({ status, headers, text }: Answer, expected: number, heading: string): void {
  expect([status, /<h1>(.*?)<\/h1>/.exec(text)?.[1]]).toEqual([expected, heading]);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringMatching(/^default-src 'none';.* frame-ancestors 'none'/),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
}
