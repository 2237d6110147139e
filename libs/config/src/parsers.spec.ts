import * as parsers from './parsers.js';
import { SettingFault } from './setting.js';

type Parser = (text: string) => unknown;

const accepted: [string, Parser, [text: string, value: unknown][]][] = [
  [
    'duration',
    parsers.duration,
    [
      ['15m', 900_000],
      ['3600s', 3_600_000],
      ['7d', 604_800_000],
      ['2h', 7_200_000],
      ['500ms', 500],
      ['0s', 0],
      ['3650d', 315_360_000_000],
    ],
  ],
  [
    'positiveDuration',
    parsers.positiveDuration,
    [
      ['1s', 1_000],
      ['1000ms', 1_000],
    ],
  ],
  [
    'failureFloor',
    parsers.failureFloor,
    [
      ['0s', 0],
      ['250ms', 250],
      ['3s', 3_000],
    ],
  ],
  [
    'integer',
    parsers.integer(1, 1000),
    [
      ['1', 1],
      ['1000', 1000],
      ['007', 7],
    ],
  ],
  [
    'boolean',
    parsers.boolean,
    [
      ['true', true],
      ['false', false],
    ],
  ],
  [
    'oneOf',
    parsers.oneOf('a', 'b'),
    [
      ['a', 'a'],
      ['b', 'b'],
    ],
  ],
  [
    'list',
    parsers.list((item) => item),
    [
      ['a', ['a']],
      [' a , b,,c ,', ['a', 'b', 'c']],
    ],
  ],
  [
    'port',
    parsers.port,
    [
      ['0', 0],
      ['65535', 65_535],
    ],
  ],
  [
    'httpUrl',
    parsers.httpUrl,
    [
      ['https://auth.example.com', 'https://auth.example.com'],
      ['https://auth.example.com/', 'https://auth.example.com'],
      ['http://localhost:8060', 'http://localhost:8060'],
      ['https://example.com/auth//', 'https://example.com/auth'],
      ['HTTPS://Example.COM', 'https://example.com'],
    ],
  ],
  [
    'postgresUrl',
    parsers.postgresUrl,
    [
      ['postgres://u:p@host:5432/db', 'postgres://u:p@host:5432/db'],
      ['postgresql://host/db?sslmode=require', 'postgresql://host/db?sslmode=require'],
    ],
  ],
  [
    'contractHosts',
    parsers.contractHosts,
    [
      ['', new Map()],
      [
        'Localhost:8080=jsend, 127.0.0.1:8080=snake',
        new Map([
          ['localhost:8080', 'jsend'],
          ['127.0.0.1:8080', 'snake'],
        ]),
      ],
      ['[::1]:8080=camel', new Map([['[::1]:8080', 'camel']])],
    ],
  ],
  [
    'corsOrigins',
    parsers.corsOrigins,
    [
      ['', []],
      [
        'https://app.example.com, HTTP://LocalHost:*,,http://[::1]:5173 ',
        ['https://app.example.com', 'http://localhost:*', 'http://[::1]:5173'],
      ],
    ],
  ],
  [
    'secretKeys',
    parsers.secretKeys,
    [[`${'a'.repeat(32)}, ${'b'.repeat(40)}`, ['a'.repeat(32), 'b'.repeat(40)]]],
  ],
  [
    'argon2Cost',
    parsers.argon2Cost,
    [
      ['m=19456,t=2,p=1', { memoryKiB: 19_456, passes: 2, lanes: 1 }],
      ['m=32,t=1,p=4', { memoryKiB: 32, passes: 1, lanes: 4 }],
    ],
  ],
];

const refused: [string, Parser, string[]][] = [
  [
    'duration',
    parsers.duration,
    ['', '15', 'm', '-1s', '1.5h', '15 m', '15M', '1w', '3651d', '9'.repeat(13) + 's', ' 1s'],
  ],
  ['positiveDuration', parsers.positiveDuration, ['0s', '999ms', '0d', 'soon']],
  ['failureFloor', parsers.failureFloor, ['3001ms', '1m', '-1s', '250', '']],
  [
    'integer',
    parsers.integer(1, 1000),
    ['', '0', '1001', '-1', '1.0', '1e2', '0x10', ' 1', 'one', '9999999999'],
  ],
  ['boolean', parsers.boolean, ['', 'TRUE', '1', '0', 'yes', 'no']],
  ['oneOf', parsers.oneOf('a', 'b'), ['', 'A', 'c', 'a,b', 'a ']],
  ['list', parsers.list((item) => item), ['', ' ', ',', ' , ,']],
  ['list of ports', parsers.list(parsers.port), ['8060,http', '8060;8080', '65536', '-1', '8060,8080,x']],
  [
    'httpUrl',
    parsers.httpUrl,
    [
      '',
      'example.com',
      'ftp://example.com',
      'javascript:alert(1)',
      'https://',
      'https://u:p@example.com',
      'https://x/?a=1',
      'https://x/#top',
    ],
  ],
  [
    'postgresUrl',
    parsers.postgresUrl,
    ['', 'host/db', 'mysql://host/db', 'postgres://host', 'postgres://host/', 'https://host/db'],
  ],
  [
    'contractHosts',
    parsers.contractHosts,
    ['host', 'host=', '=camel', 'host=Camel', 'a=b=c', 'https://host=camel', 'ok=camel,bad'],
  ],
  [
    'corsOrigins',
    parsers.corsOrigins,
    [
      '*',
      'null',
      'app.example.com',
      'https://',
      'https://app.example.com/',
      'https://app.example.com/path',
      'https://app.example.com?x',
      'https://user@app.example.com',
      'https://app.example.com:443',
      'https://*.example.com',
      'https://app.example.com:*:*',
      'https://app.example.com:99999',
      'ftp://app.example.com',
      'file://',
      'chrome-extension://abc',
      'https://fine.example,nothing',
    ],
  ],
  ['secretKeys', parsers.secretKeys, ['', ',', 'a'.repeat(31), `${'a'.repeat(32)},short`]],
  [
    'argon2Cost',
    parsers.argon2Cost,
    [
      '',
      'm=19456',
      't=2,m=19456,p=1',
      'm=0,t=2,p=1',
      'm=19456,t=0,p=1',
      'm=19456,t=2,p=0',
      'm=7,t=1,p=1',
      'm=31,t=1,p=4',
    ],
  ],
];

describe('the parsers of settings', () => {
  it.each(
    accepted.flatMap(([name, parse, rows]) => rows.map(([text, value]) => ({ name, parse, text, value }))),
  )('$name reads "$text"', ({ parse, text, value }) => {
    expect(parse(text)).toEqual(value);
  });

  it.each(refused.flatMap(([name, parse, texts]) => texts.map((text) => ({ name, parse, text }))))(
    '$name refuses "$text" and says what to write',
    ({ parse, text }) => {
      expect(() => parse(text)).toThrow(SettingFault);
      expect(() => parse(text)).toThrow(/^(must|needs) /);
    },
  );
});
