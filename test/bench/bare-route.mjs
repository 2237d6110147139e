// What validation is measured against: Fastify with one route that does nothing but answer JSON of the same size.
import fastify from 'fastify';

const [pathname, body] = process.argv.slice(2);
const app = fastify();
const answer = JSON.parse(body);
app.put(pathname, () => answer);
await app.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ event: 'ready', ports: [app.server.address().port] }));
