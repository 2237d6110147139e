import { send } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';

describe('smoke', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('answers', async () => {
    expect((await send('GET', `${service.url}/health/ready`)).json).toEqual({ status: 'ok', postgres: 'ok' });
    expect((await send('GET', `${service.url}/camel/api/v1/auth/nothing`)).status).toBe(404);
    expect((await send('GET', `${service.url}/camel/api/v1/auth/login`)).headers.allow).toBe('POST');
  });
});
