import type { Config } from '@gatehouse/config';
import type { Contract } from '@gatehouse/contract-kit';
import { DEVELOPMENT_ADMIN, DEVELOPMENT_CLIENTS } from '@gatehouse/development';

/** What development prints once the service answers: where it is, who can log in, and a line to paste. */
export function developmentBanner(
  config: Config,
  contracts: readonly Contract[],
  ports: readonly number[],
  metricsPort: number | undefined,
): string {
  const base = `http://localhost:${ports[0]}`;
  const { username, email, password } = DEVELOPMENT_ADMIN;
  const [publicClient, gateway] = DEVELOPMENT_CLIENTS;
  const lines = [
    `Gatehouse ${config.version} is ready (development mode: its secrets are known to everybody).`,
    '',
    ...contracts.map(
      ({ id, basePath }) => `  ${id.padEnd(11)} ${base}${basePath}   also below ${base}/${id}`,
    ),
    `  ${'all ports'.padEnd(11)} ${ports.map((port) => `http://localhost:${port}`).join('  ')}`,
    ...(config.docsPublic ? [`  ${'Swagger UI'.padEnd(11)} ${base}/swagger`] : []),
    `  ${'mailbox'.padEnd(11)} ${base}/dev/mailbox`,
    `  ${'health'.padEnd(11)} ${base}/health/ready`,
    ...(metricsPort === undefined && config.metricsPort !== 'public'
      ? []
      : [`  ${'metrics'.padEnd(11)} http://localhost:${metricsPort ?? ports[0]}/metrics`]),
    '',
    `  admin        ${username} or ${email}, password ${password}`,
    `  application  ${publicClient?.name}, Api-Token ${publicClient?.secret}, channels ${publicClient?.channels.join(' ')}`,
    `  application  ${gateway?.name}, secret ${gateway?.secret}, scopes ${gateway?.scopes.join(' ')}`,
    '',
    'Try it:',
    '',
    `  curl -s ${base}/v1/auth/token/fresh -H 'Content-Type: application/json' -d '{"username":"${username}","password":"${password}"}'`,
    '',
    'Ctrl-C stops it.',
  ];
  return `\n${lines.join('\n')}\n\n`;
}
