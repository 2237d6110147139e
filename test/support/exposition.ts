import { send } from './http.js';

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
/** In a label's value a backslash, a quote and a line feed are escaped, and nothing else is. */
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram)$`);
/** No NaN: no figure of ours is undefined. */
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`,
);
/** What a histogram calls its lines. */
const SUFFIX = /_(bucket|sum|count)$/;

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

export interface Family {
  readonly help: string;
  readonly type: string;
  readonly samples: Sample[];
}

/**
 * What `/metrics` answered, read as strictly as Prometheus's text format is written. The constructor throws what is
 * wrong with it.
 */
export class Exposition {
  /** By name, in their order. */
  readonly families = new Map<string, Family>();

  constructor(readonly text: string) {
    if (!text.endsWith('\n')) throw new Error('it does not end with a line feed');
    const seen = new Set<string>();
    let help: RegExpExecArray | null = null;
    for (const line of text.split('\n').filter((each) => each !== '')) {
      const type = TYPE.exec(line);
      const sample = SAMPLE.exec(line);
      if (type && help && help[1] === type[1]) this.begin(type[1] as string, help[2] as string, type[2]);
      else if (sample) this.add(line, sample, seen);
      else if (!HELP.test(line)) throw new Error(`this line is none of the format: ${line}`);
      help = HELP.exec(line);
    }
    for (const [name, { type, samples }] of this.families)
      if (type === 'histogram') checkBuckets(name, samples);
  }

  /** The sum of the lines with these labels, whatever others they have; undefined where there is none. */
  value(name: string, labels: Labels = {}): number | undefined {
    const found = this.samples(name, labels);
    return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
  }

  /** The lines of a name (a histogram's with its ending) with these labels. */
  samples(name: string, labels: Labels = {}): Sample[] {
    const family = this.families.get(name) ?? this.families.get(name.replace(SUFFIX, ''));
    if (!family) throw new Error(`nothing is named ${name}`);
    const wanted = Object.entries(labels);
    return family.samples.filter(
      (sample) => sample.name === name && wanted.every(([label, value]) => sample.labels[label] === value),
    );
  }

  private begin(name: string, help: string, type: string | undefined): void {
    if (this.families.has(name)) throw new Error(`${name} comes twice`);
    this.families.set(name, { help, type: type as string, samples: [] });
  }

  private add(line: string, [, name = '', labels = '', value]: RegExpExecArray, seen: Set<string>): void {
    const newest = [...this.families].at(-1);
    const belongs = newest?.[1].type === 'histogram' ? name.replace(SUFFIX, '') : name;
    if (!newest || newest[0] !== belongs) throw new Error(`it follows no TYPE of its own: ${line}`);
    const key = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(key)) throw new Error(`it comes twice: ${key}`);
    seen.add(key);
    newest[1].samples.push({ name, labels: labelsIn(labels), value: Number(value) });
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

const labelsIn = (text: string): Labels =>
  Object.fromEntries(
    [...text.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value = '']) => [
      name,
      value.replace(/\\./g, (escape) => ESCAPES[escape] as string),
    ]),
  );

/** Buckets hold what those below them do, and the last one everything. */
function checkBuckets(name: string, samples: readonly Sample[]): void {
  const below = new Map<string, number>();
  for (const { name: line, labels, value } of samples) {
    const { le, ...others } = labels;
    const series = JSON.stringify(others);
    if (line === `${name}_bucket`) {
      if (value < (below.get(series) ?? 0))
        throw new Error(`${name} ${series}: a bucket less than the one below`);
      below.set(series, value);
    } else if (line === `${name}_count` && value !== below.get(series))
      throw new Error(`${name} ${series}: its count is not its last bucket's`);
    if (le === undefined && line === `${name}_bucket`)
      throw new Error(`${name} ${series}: a bucket without le`);
  }
}

/** Scrapes `/metrics` there. Throws where it is not answered as Prometheus expects. */
export async function scrape(url: string): Promise<Exposition> {
  const { status, headers, text } = await send('GET', `${url}/metrics`);
  const type = headers['content-type'];
  if (status !== 200 || type !== 'text/plain; version=0.0.4; charset=utf-8')
    throw new Error(`${status} ${type} ${text}`);
  return new Exposition(text);
}
