import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { DevelopmentModule } from '@gatehouse/development';
import { type Service, startService } from '../../support/start-service.js';

type Responses = Record<string, { description: string; content: object }>;

describe("development's endpoints in an OpenAPI document", () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('have an operationId, a tag, a summary and the schema of each answer', () => {
    const document = SwaggerModule.createDocument(service.nest, new DocumentBuilder().build(), {
      include: [DevelopmentModule],
    });
    const operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(
      operations.map(({ operationId, method, path }) => `${operationId}: ${method} ${path}`).sort(),
    ).toEqual([
      'advanceClock: post /dev/clock',
      'createClient: post /dev/clients',
      'createUser: post /dev/users',
      'getClock: get /dev/clock',
      'listMails: get /dev/mailbox',
      'resetService: post /dev/reset',
    ]);
    for (const { tags, summary, responses, requestBody, path, method } of operations) {
      expect({ tags, summary }).toEqual({ tags: ['dev'], summary: expect.any(String) });
      for (const [status, { content, description }] of Object.entries(responses as Responses)) {
        expect(description).toEqual(expect.any(String));
        if (status !== '204') expect(Object.keys(content)).not.toEqual([]);
      }
      if (method === 'post' && path !== '/dev/reset')
        expect(requestBody.content['application/json'].schema.$ref).toMatch(/Dto$/);
    }
  });
});
