import { loadConfig } from '@gatehouse/config';
import type { Contract, WireError } from '@gatehouse/contract-kit';
import { CONTRACTS } from '@gatehouse/contracts';
import type { ErrorCode } from '@gatehouse/kernel';
import { type Answer, bearer, send } from '../support/http.js';
import { openAccount } from '../support/open-account.js';
import { sendRaw } from '../support/raw-socket.js';
import { type Service, startService } from '../support/start-service.js';
import { documentCheck } from '../support/truth/check-answer.js';

// One presenter says one key more than its document, another one key less.
jest.mock('../../libs/contracts/src/jsend/jsend.present.js', () => {
  const actual = jest.requireActual('../../libs/contracts/src/jsend/jsend.present.js');
  return { ...actual, presentLoggedOut: () => ({ ...actual.presentLoggedOut(), until: 'tomorrow' }) };
});
jest.mock('../../libs/contracts/src/camel/camel.present.js', () => {
  const actual = jest.requireActual('../../libs/contracts/src/camel/camel.present.js');
  return {
    ...actual,
    presentProfile: (account: unknown) => {
      const { status: _, ...rest } = actual.presentProfile(account) as Record<string, unknown>;
      return rest;
    },
  };
});

/** The contracts, with one status in one table that its document does not have. */
const withStatus = (id: string, code: ErrorCode, answer: WireError): Contract[] =>
  CONTRACTS.map((contract) =>
    contract.id === id
      ? { ...contract, errors: { ...contract.errors, table: { ...contract.errors.table, [code]: answer } } }
      : contract,
  );

const UNREAD = { username: 'nobody', password: 'wrong password' };

describe('an answer that its document does not know fails the test that receives it', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ contracts: withStatus('token', 'credentials_invalid', [418, 'No']) });
  });
  afterAll(() => service.stop());

  it('a key more', async () => {
    const { jsend } = await openAccount(service);
    await expect(
      send('POST', `${service.url}/jsend/api/auth/logout`, { headers: bearer(jsend.accessToken) }),
    ).rejects.toThrow(/POST \/jsend\/api\/auth\/logout .*additional properties/);
  });

  it('a key less', async () => {
    const { camel } = await openAccount(service);
    await expect(
      send('GET', `${service.url}/api/v1/auth/profile`, { headers: bearer(camel.accessToken) }),
    ).rejects.toThrow(/must have required property 'status'/);
  });

  it('a status', async () => {
    await expect(send('POST', `${service.url}/v1/auth/token/fresh`, { body: UNREAD })).rejects.toThrow(
      /answered with 418, and fresh does not document this status/,
    );
  });

  it('a status, read from a raw socket', async () => {
    const body = JSON.stringify(UNREAD);
    await expect(
      sendRaw(
        service,
        'POST /token/v1/auth/token/fresh HTTP/1.1\r\nHost: x\r\nConnection: close\r\n' +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
    ).rejects.toThrow(/answered with 418/);
  });
});

describe('what is held against a document', () => {
  const check = documentCheck({ GATEHOUSE_MODE: 'development' });
  const asked = { method: 'GET', target: '/snake/api/users/me', headers: {} };
  const ROOT_LOGIN = { method: 'POST', target: '/api/auth/login' };

  /** A refusal that is as documented, but for what is changed. */
  const refusal = (changes: Partial<Answer> = {}, body: object = {}): Answer => {
    const json = {
      message: 'Send the token as Authorization: Bearer',
      timestamp: '2026-01-31T10:30:00.000Z',
      status_code: 401,
      data: null,
      ...body,
    };
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-request-id': 'a-1',
      'cache-control': 'no-store',
      'www-authenticate': 'Bearer',
    };
    return {
      status: 401,
      text: JSON.stringify(json),
      json,
      ...changes,
      headers: { ...headers, ...changes.headers },
    };
  };

  it('lets pass what is as documented', () => {
    expect(() => check(asked, refusal())).not.toThrow();
  });

  it.each<[what: string, answer: Answer, why: RegExp]>([
    ['a header', refusal({ headers: { 'x-powered-by': 'x' } }), /the header x-powered-by is not documented/],
    [
      'a header that is missing',
      refusal({ headers: { 'www-authenticate': undefined } }),
      /www-authenticate is missing/,
    ],
    [
      'the value of a header',
      refusal({ headers: { 'www-authenticate': 'Basic' } }),
      /www-authenticate is not as doc/,
    ],
    ['a media type', refusal({ headers: { 'content-type': 'text/html' } }), /media type text\/html/],
    ['a type', refusal({}, { status_code: '401' }), /status_code must be integer/],
    ['a format', refusal({}, { timestamp: '2026-01-31T10:30:00Z' }), /timestamp must match pattern/],
    ['null', refusal({}, { message: null }), /message must be string/],
    ['a success of no operation', refusal({ status: 299 }), /getUser does not document this status/],
  ])('refuses %s', (_, answer, why) => {
    expect(() => check(asked, answer)).toThrow(why);
  });

  it('refuses a success where no operation is documented', () => {
    const nowhere = { ...asked, target: '/snake/api/users/you' };
    expect(() => check(nowhere, refusal())).not.toThrow();
    expect(() => check(nowhere, refusal({ status: 200 }))).toThrow(/no operation has this method and path/);
  });

  it('knows by headers and hosts which contract a root path means', () => {
    const { hosts } = loadConfig(
      { GATEHOUSE_MODE: 'development' },
      CONTRACTS.map(({ id }) => id),
    ).contracts;
    expect(hosts.get('127.0.0.1:8080')).toBe('snake');
    const answer = refusal({ headers: { 'www-authenticate': undefined } });
    expect(() => check({ ...ROOT_LOGIN, headers: { host: '127.0.0.1:8080' } }, answer)).not.toThrow();
    expect(() => check({ ...ROOT_LOGIN, headers: { channel: 'web' } }, answer)).toThrow(/statusCode/);
  });
});
