import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';

/** A service of a compose file: the parts that a rule looks at. */
interface ComposeService {
  readonly image?: string;
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[] };
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly stop_grace_period?: string;
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

export const parseCompose = (text: string): Compose => parse(text, { merge: true }) as Compose;

/** What our rules, and the linter, have against a Dockerfile; nothing where it is as it should be. */
export function dockerfileFaults(text: string): string[] {
  const file = DockerfileParser.parse(text);
  const instructions = file.getInstructions().map((instruction) => ({
    keyword: instruction.getKeyword(),
    args: instruction.getArgumentsContent() ?? '',
  }));
  const last = instructions.slice(instructions.map(({ keyword }) => keyword).lastIndexOf('FROM'));
  const inLast = (keyword: string) => last.filter((instruction) => instruction.keyword === keyword);
  const entrypoint = inLast('ENTRYPOINT').at(-1)?.args ?? '';
  const base = instructions.find(({ keyword, args }) => keyword === 'ARG' && args.startsWith('NODE_IMAGE='));
  return faults([
    ...validate(text).map(({ message }) => [false, `linter: ${JSON.stringify(message)}`] as const),
    [isPinned(base?.args.split('=')[1]), 'the base image has no version'],
    [file.getFROMs().every((from) => from.getImage() === '${NODE_IMAGE}'), 'a stage has a base of its own'],
    [/^[1-9]\d*:[1-9]\d*$/.test(inLast('USER').at(-1)?.args ?? ''), 'USER is not a number other than 0'],
    [/CMD\s*\[.*"\/health\/live"\]/s.test(inLast('HEALTHCHECK').at(-1)?.args ?? ''), 'no HEALTHCHECK'],
    [/^\["node", .*\]$/.test(entrypoint), 'ENTRYPOINT is not node itself'],
    [inLast('STOPSIGNAL').at(-1)?.args === 'SIGTERM', 'STOPSIGNAL is not SIGTERM'],
    [inLast('ENV').some(({ args }) => /\bNODE_ENV=production\b/.test(args)), 'NODE_ENV is not production'],
    [!/^\s*(ENV|ARG)\b.*GATEHOUSE_MODE/m.test(text), 'GATEHOUSE_MODE is set'],
    [inLast('RUN').length === 0, 'the last stage runs something: what that writes stays in the image'],
    [/^RUN npm ci .*--omit=dev\b/m.test(text), 'no stage installs without the development dependencies'],
    [!/^\s*(ENV|ARG)\b.*(SECRET|PASSWORD|DATABASE_URL|SMTP_URL)/m.test(text), 'a secret is set'],
  ]);
}

/** What our rules have against a compose file; nothing where it is as it should be. */
export function composeFaults(text: string): string[] {
  return Object.entries(parseCompose(text).services).flatMap(([name, service]) =>
    faults([
      [service.image === undefined || isPinned(service.image), `${name}: the image has no version`],
      [
        service.image === undefined || /^[1-9]\d*:[1-9]\d*$/.test(service.user ?? ''),
        `${name}: runs as root`,
      ],
      [(service.healthcheck?.test ?? []).length > 1, `${name}: no healthcheck`],
      [service.read_only === true, `${name}: its root file system can be written`],
      [service.cap_drop?.includes('ALL') && !service.cap_add, `${name}: keeps capabilities`],
      [service.security_opt?.includes('no-new-privileges:true'), `${name}: may gain privileges`],
      [!service.privileged, `${name}: is privileged`],
      [
        (service.ports ?? []).every((port) => port.startsWith('127.0.0.1:')),
        `${name}: published beyond this machine`,
      ],
      [
        Object.entries(service.environment ?? {}).every(([key, value]) => holdsNoSecret(key, value)),
        `${name}: holds a secret`,
      ],
    ]),
  );
}

const faults = (rules: readonly (readonly [holds: boolean | undefined, fault: string])[]): string[] =>
  rules.filter(([holds]) => !holds).map(([, fault]) => fault);

/** Three parts of a version at least, or two with what follows: `18.6-trixie`, `v1.29.7`. */
const isPinned = (image = ''): boolean => /:v?\d+\.\d+[.-]\w/.test(image);

/** A secret is named by a file; a URL may stand there as long as it has no password. */
const holdsNoSecret = (key: string, value: string): boolean =>
  key.endsWith('_FILE') || !(/SECRET|PASSWORD$|DATABASE_URL/.test(key) || /\/\/[^/@]*:[^/@]*@/.test(value));
