import type { FastifyInstance, HTTPMethods } from 'fastify';
import createRouter, { type HTTPMethod, type HTTPVersion, type Instance } from 'find-my-way';

/** Which methods a path answers to, for 405 and its `Allow`: Fastify itself only says that it found no route. */
export class AllowedMethods {
  private readonly router: Instance<HTTPVersion.V1> = createRouter({ maxParamLength: 1_000 });
  private readonly methods = new Set<HTTPMethod>();

  /** Must be called before the routes are registered. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const each of Array.isArray(method) ? method : [method])
        this.add(each as HTTPMethod & HTTPMethods, url);
    });
  }

  /** The methods of the path of `url`, sorted; empty where no route has it. */
  of(url: string): string[] {
    return [...this.methods].filter((method) => this.router.find(method, url)).sort();
  }

  private add(method: HTTPMethod, url: string): void {
    // The CORS preflight answers on every path, existing or not.
    if (url === '*') return;
    this.methods.add(method);
    if (!this.router.hasRoute(method, url)) this.router.on(method, url, () => undefined);
  }
}
