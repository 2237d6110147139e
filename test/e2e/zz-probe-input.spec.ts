import { send, bearer } from '../support/http.js';
import { type Service, startService } from '../support/start-service.js';
import { openAccount } from '../support/open-account.js';
it('probe', async () => {
  const service: Service = await startService();
  const a = await openAccount(service);
  const out: unknown[] = [];
  const login = `${service.url}/camel/api/v1/auth/login`;
  const show = async (what: string, p: Promise<{status:number,text:string}>) => { try { const r = await p; out.push([what, r.status, r.text.slice(0,200), (r as any).headers['content-type'], (r as any).headers.allow]); } catch (e) { out.push([what, String(e)]); } };
  const json = { 'content-type': 'application/json' };
  const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);
  const deepo = (n: number) => '{"a":'.repeat(n) + '1' + '}'.repeat(n);
  await show('deep known', send('POST', login, { headers: json, body: `{"username":${deep(30000)},"password":"xxxxxxxx"}` }));
  await show('deep unknown', send('POST', login, { headers: json, body: `{"x":${deep(30000)},"username":"a","password":"xxxxxxxx"}` }));
  await show('deepo unknown', send('POST', login, { headers: json, body: `{"x":${deepo(9000)},"username":"a","password":"xxxxxxxx"}` }));
  await show('deep proto', send('POST', login, { headers: json, body: `{"x":${deepo(9000)},"y":{"__proto__":1},"username":"a","password":"xxxxxxxx"}` }));
  await show('100k [', send('POST', login, { headers: json, body: '['.repeat(100000) }));
  await show('60k [', send('POST', login, { headers: json, body: '['.repeat(60000) }));
  await show('proto', send('POST', login, { headers: json, body: `{"__proto__":{"a":1},"username":"a","password":"xxxxxxxx"}` }));
  await show('constructor str', send('POST', login, { headers: json, body: `{"constructor":"x","username":"a","password":"xxxxxxxx"}` }));
  await show('constructor proto', send('POST', login, { headers: json, body: `{"constructor":{"prototype":{}},"username":"a","password":"xxxxxxxx"}` }));
  await show('constructor obj', send('POST', login, { headers: json, body: `{"constructor":{},"username":"a","password":"xxxxxxxx"}` }));
  for (const k of ['toCredentials','toString','hasOwnProperty','then','valueOf','__defineGetter__','prototype','length','map', 'forEach','size'])
    await show(k, send('POST', login, { headers: json, body: `{"${k}":"x","username":"a","password":"xxxxxxxx"}` }));
  for (const h of ['Bearer', 'Bearer ', 'Bearer a b', 'Bearer\tx', 'Basic eA==', 'bearer ' + a.token.accessToken, 'Bearer  ' + a.token.accessToken, a.token.accessToken, 'Bearer,' , 'Bearerx y', ''])
    await show('auth ' + h.slice(0,20), send('GET', `${service.url}/camel/api/v1/auth/profile`, { headers: { authorization: h } }));
  for (const p of ['abc','-1','1e3','99999999999999999999999','9999999999999999999','%00','1%2e0','%zz', '%c3%28','1'.repeat(2000), '%ed%a0%80'])
    await show('uid ' + p.slice(0,20), send('GET', `${service.url}/token/v1/sessions/users/${p}`, { headers: bearer(a.token.accessToken) }));
  for (const p of ['%00','%zz','x'.repeat(2000),'x'.repeat(1000),'x'.repeat(1001),'%ed%a0%80','a%2fb','%e0%80','..%2f..', '%c3%a9'])
    await show('verify ' + p.slice(0,20), send('GET', `${service.url}/api/v1/auth/verify-email/${p}`));
  for (const q of ['page=0','page=','page=1&page=2','page[]=1','page=1e1','page=%201','page=2147483648','page=2147483647&per_page=100','per_page=101','active=1','active=','active=true&active=true','page=%zz','page=%00', '__proto__=1','constructor=1','page=01','page=1 '])
    await show('q ' + q, send('GET', `${service.url}/token/v1/sessions/users/${a.id}?${encodeURI(decodeURIComponent(q.replace('%zz','ZZ').replace('%00','0'))) === '' ? '' : q}`, { headers: bearer(a.token.accessToken) }));
  for (const [m, p] of [['GET','/nothing'],['GET','/'],['POST','/health/live'],['HEAD','/health/live'],['HEAD','/camel/api/v1/auth/health'],['OPTIONS','/camel/api/v1/auth/login'],['TRACE','/camel/api/v1/auth/login'],['PROPFIND','/camel/api/v1/auth/login'],['GET','/camel/api/v1/auth/login'],['HEAD','/camel/api/v1/auth/login'],['DELETE','/v1/sessions/users/1x'],['PATCH','/v1/auth/token/verify'],['GET','//'],['GET','/camel'],['GET','/%zz'],['GET','/api/auth/login'],['GET','/channel/api/auth/login'], ['QUERY','/camel/api/v1/auth/login'],['GET','/camel/api/v1/auth/login/'],['GET','/CAMEL/api/v1/auth/health'],['GET','/camel/api/v1/auth/../auth/health'],['GET','/camel?x=%zz']] as const)
    await show(m + ' ' + p, send(m, service.url + p));
  require('node:fs').writeFileSync('/tmp/hp/probe.txt', out.map((o) => JSON.stringify(o)).join('\n') + '\n' + service.log.filter((l) => /error|warn/.test(l)).map((l) => l.slice(0, 600)).join('\n'));
  await service.stop();
});
