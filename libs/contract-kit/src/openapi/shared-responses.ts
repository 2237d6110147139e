import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';

type Responses = Record<string, object>;

/** As many operations must have the same response before it is worth a name. */
const WORTH = 3;

/**
 * Puts the response that most operations have for a status into the components, under the status's own name, and
 * refers to it where it stood. Gives the components.
 */
export function shareResponses(paths: OpenAPIObject['paths']): Record<string, never> {
  const all = Object.values(paths)
    .flatMap((item) => Object.values(item as Record<string, { responses?: Responses }>))
    .flatMap(({ responses }) => (responses ? [responses] : []));
  const shared: Record<string, object> = {};
  for (const status of new Set(all.flatMap((responses) => Object.keys(responses)))) {
    const counts = new Map<string, number>();
    for (const responses of all) {
      if (!(status in responses) || Number(status) < 400) continue;
      const text = JSON.stringify(responses[status]);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const [[text, count] = ['', 0]] = [...counts].sort(([, a], [, b]) => b - a);
    if (count < WORTH) continue;
    const name = (STATUS_CODES[status] as string).replaceAll(/\W/g, '');
    shared[name] = JSON.parse(text) as object;
    for (const responses of all)
      if (JSON.stringify(responses[status]) === text)
        responses[status] = { $ref: `#/components/responses/${name}` };
  }
  return shared as Record<string, never>;
}
