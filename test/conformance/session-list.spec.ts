import { send, bearer } from '../support/http.js';
import type { Offering, SessionList } from './clients/contract-client.js';
import { claimsOf } from './support/claims.js';
import { expectRefused, logIn, useService } from './support/use-service.js';
import { whereOffered } from './support/where-offered.js';

const service = useService();

type Lister = Offering<'listSessions'>;

/** Somebody with `count` sessions, whose ids are given newest first, and the newest one's access token. */
async function withSessions(client: Lister, count: number) {
  const person = await service.registered(client);
  const opened = [];
  for (let i = 0; i < count; i++) opened.push(await logIn(client, person));
  const access = opened.at(-1)?.access ?? '';
  const ids = opened.map((tokens) => claimsOf(tokens.access).sid).reverse();
  return { person, opened, ids, access, uid: claimsOf(access).uid };
}

/** RFC 8288: relation → target. */
function linksOf({ headers }: SessionList): Record<string, string> {
  const links = String(headers['link']).split(', ');
  return Object.fromEntries(
    links.map((link) => {
      const [, target = '', relation = ''] = /^<([^>]+)>; rel="(\w+)"$/.exec(link) ?? [];
      return [relation, target];
    }),
  );
}

const idsOf = ({ sessions }: SessionList) => sessions.map(({ id }) => id);

describe('the list of sessions', () =>
  whereOffered(service.clients, ['listSessions'], (client) => {
    it('is newest first, by pages', async () => {
      const { ids, access, uid } = await withSessions(client, 7);
      const paging = { per_page: 3, total: 7, total_pages: 3 };
      for (const [page, from] of [
        [1, 0],
        [2, 3],
        [3, 6],
      ] as const) {
        const list = await client.listSessions(access, uid, { page: `${page}`, per_page: '3' });
        expect(list.status).toBe(200);
        expect(list.body).toMatchObject({ page, ...paging });
        expect(idsOf(list)).toEqual(ids.slice(from, from + 3));
      }
    });

    it('names itself once as the current one', async () => {
      const { ids, opened, uid } = await withSessions(client, 4);
      for (const [i, { access }] of opened.entries()) {
        const { sessions } = await client.listSessions(access, uid);
        expect(sessions.filter(({ current }) => current).map(({ id }) => id)).toEqual([ids[3 - i]]);
      }
    });

    it('has the first page of 20 where nothing is asked for', async () => {
      const { ids, access, uid } = await withSessions(client, 21);
      const list = await client.listSessions(access, uid);
      expect(list.body).toMatchObject({ page: 1, per_page: 20, total: 21, total_pages: 2 });
      expect(idsOf(list)).toEqual(ids.slice(0, 20));
    });

    it.each(['4', '2147483647'])('is empty on page %s, past the end, and leads back', async (page) => {
      const { access, uid } = await withSessions(client, 5);
      const list = await client.listSessions(access, uid, { page, per_page: '2' });
      expect(list.status).toBe(200);
      expect(list.body).toEqual({ data: [], page: Number(page), per_page: 2, total: 5, total_pages: 3 });
      expect(Object.keys(linksOf(list))).toEqual(['first', 'prev', 'last']);
      const back = await send('GET', `${service.url()}${linksOf(list)['prev']}`, { headers: bearer(access) });
      expect(back.json).toMatchObject({ page: 3 });
      expect(back.json.data).toHaveLength(1);
    });

    it('takes 100 to a page', async () => {
      const { access, uid } = await withSessions(client, 1);
      const list = await client.listSessions(access, uid, { page: '2147483647', per_page: '100' });
      expect([list.status, list.sessions]).toEqual([200, []]);
    });

    const BAD = ['0', '-1', '1.5', '1e1', '0x1', ' 1', '+1', 'one', '', '２'];
    it.each([
      ...[...BAD, '2147483648', '99999999999999999999'].map((page) => ({ page })),
      ...[...BAD, '101'].map((perPage) => ({ per_page: perPage })),
      { active: 'yes' },
    ])('refuses %j', async (query) => {
      const { access, uid } = await withSessions(client, 1);
      expectRefused(client, await client.listSessions(access, uid, query), 400);
    });

    it('refuses a page that is asked for twice', async () => {
      const { access, uid } = await withSessions(client, 1);
      const [, listed] = client.guarded.find(([method]) => method === 'GET') ?? [];
      const path = `${listed?.replace(/\d+$/, `${uid}`)}?page=1&page=2`;
      expect((await client.request('GET', path, { headers: bearer(access) })).status).toBe(400);
    });

    it('ignores query parameters that it does not know', async () => {
      const { ids, access, uid } = await withSessions(client, 1);
      expect(idsOf(await client.listSessions(access, uid, { sort: 'asc', user_id: '1' }))).toEqual(ids);
    });

    it('keeps ended sessions, and leaves them out where only active ones are asked for', async () => {
      const { ids, opened, access, uid } = await withSessions(client, 3);
      await client.logOut(opened[1]?.access ?? '');
      const all = await client.listSessions(access, uid);
      expect(idsOf(all)).toEqual(ids);
      expect(all.sessions.map(({ ended }) => ended)).toEqual([false, true, false]);
      expect(idsOf(await client.listSessions(access, uid, { active: 'false' }))).toEqual(ids);
      const active = await client.listSessions(access, uid, { active: 'true', per_page: '1' });
      expect(active.body).toMatchObject({ total: 2, total_pages: 2 });
      const next = await send('GET', `${service.url()}${linksOf(active)['next']}`, {
        headers: bearer(access),
      });
      expect(next.json).toMatchObject({ page: 2, per_page: 1, total: 2 });
      expect(next.json.data[0].id).toBe(ids[2]);
    });
  }));

describe.each([
  { where: 'below the prefix', prefixed: true, clients: service.clients },
  { where: 'at the root', prefixed: false, clients: service.rootClients },
])('the links of a list asked for $where', ({ prefixed, clients }) =>
  whereOffered(clients, ['listSessions'], (client) => {
    it('lead through all pages, forth and back, as they are', async () => {
      const { ids, access, uid } = await withSessions(client, 5);
      const start = await client.listSessions(access, uid, { page: '1', per_page: '2' });
      expect(Object.keys(linksOf(start))).toEqual(['first', 'next', 'last']);
      // Whoever forwards one of the two alone must not be led to the other.
      for (const target of Object.values(linksOf(start))) {
        expect(target.startsWith(`/${client.id}/`)).toBe(prefixed);
      }
      const follow = async (list: SessionList, relation: string): Promise<SessionList> => {
        const target = `${service.url()}${linksOf(list)[relation]}`;
        const { status, headers, json } = await send('GET', target, { headers: bearer(access) });
        expect(status).toBe(200);
        return { status, headers, body: json, tokens: { access: '', refresh: '' }, sessions: json.data };
      };
      const second = await follow(start, 'next');
      expect(Object.keys(linksOf(second))).toEqual(['first', 'prev', 'next', 'last']);
      const third = await follow(second, 'next');
      expect(Object.keys(linksOf(third))).toEqual(['first', 'prev', 'last']);
      expect([start, second, third].flatMap((list) => idsOf(list))).toEqual(ids);
      expect(idsOf(await follow(third, 'prev'))).toEqual(idsOf(second));
      expect(idsOf(await follow(third, 'first'))).toEqual(idsOf(start));
      expect(idsOf(await follow(start, 'last'))).toEqual(idsOf(third));
    });

    it('of a list without pages lead to its first', async () => {
      const { access, uid } = await withSessions(client, 1);
      const links = linksOf(await client.listSessions(access, uid));
      expect(Object.keys(links)).toEqual(['first', 'last']);
      expect(links['first']).toBe(links['last']);
    });
  }),
);
