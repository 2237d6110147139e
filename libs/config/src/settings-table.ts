import { SETTINGS } from './env.js';
import { OPTIONAL, REQUIRED, type Default, type Setting } from './setting.js';

const shown = (value: Default, secret: boolean): string => {
  if (value === REQUIRED) return '**must be set**';
  if (value === OPTIONAL || value === '') return '';
  return secret ? '(built in)' : `\`${value}\``;
};

/** The README's table of settings, in Markdown; a test holds the README against it. */
export function settingsTable(): string {
  const rows = Object.entries(SETTINGS as Record<string, Setting<unknown>>).map(
    ([name, { about, secret, ...defaults }]) => {
      const file = secret ? ` or \`${name}_FILE\`` : '';
      return `| \`${name}\`${file} | ${shown(defaults.development, secret)} | ${shown(defaults.production, secret)} | ${about} |`;
    },
  );
  return ['| setting | in development | in production | what it is |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}
