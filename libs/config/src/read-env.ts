import { readFileSync } from 'node:fs';
import { OperatorError } from '@gatehouse/kernel';
import { DEVELOPMENT_SECRET, SETTINGS } from './env.js';
import { OPTIONAL, REQUIRED, type Mode, type Setting, SettingFault } from './setting.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Name = keyof typeof SETTINGS;
/** The value of each setting; undefined where it is optional and absent. */
export type Values = { readonly [N in Name]: ReturnType<(typeof SETTINGS)[N]['parse']> | undefined };

/** Every fault of the environment at once, one a line, each beginning with the setting's name. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';
  constructor(readonly faults: readonly string[]) {
    super(`these settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads and checks all settings. An empty variable counts as absent.
 * @param check gives further faults of the values that could be read
 * Throws ConfigError, which lists every fault at once.
 */
export function readEnv(env: Environment, check: (values: Partial<Values>) => string[] = () => []): Values {
  const faults: string[] = [];
  const mode: Mode = env['GATEHOUSE_MODE'] === 'development' ? 'development' : 'production';
  const values: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [Name, Setting<unknown>][]) {
    try {
      values[name] = valueOf(name, setting, env, mode);
    } catch (error) {
      if (!(error instanceof SettingFault)) throw error;
      faults.push(`${name} ${error.message}`);
    }
  }
  const secrets = values['SECRET_KEYS'] as string[] | undefined;
  if (mode === 'production' && secrets?.includes(DEVELOPMENT_SECRET)) {
    faults.push(
      'SECRET_KEYS holds the development secret, which everybody knows; make one with: openssl rand -base64 32',
    );
  }
  faults.push(...check(values));
  if (faults.length > 0) throw new ConfigError(faults);
  return values as Values;
}

function valueOf(name: string, setting: Setting<unknown>, env: Environment, mode: Mode): unknown {
  const text = textOf(name, setting, env) ?? setting[mode];
  if (text === OPTIONAL) return undefined;
  if (text === REQUIRED)
    throw new SettingFault(`is not set: production demands it${setting.secret ? ` (or ${name}_FILE)` : ''}`);
  try {
    return setting.parse(text);
  } catch (error) {
    if (!(error instanceof SettingFault) || setting.secret) throw error;
    throw new SettingFault(`${error.message}, and is ${JSON.stringify(text.slice(0, 100))}`);
  }
}

function textOf(name: string, setting: Setting<unknown>, env: Environment): string | undefined {
  const direct = env[name] || undefined;
  const file = setting.secret ? env[`${name}_FILE`] || undefined : undefined;
  if (direct !== undefined && file !== undefined)
    throw new SettingFault(`is set, and so is ${name}_FILE: set one of them`);
  if (file === undefined) return direct;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    throw new SettingFault(`cannot be read from the file that ${name}_FILE names`);
  }
}
