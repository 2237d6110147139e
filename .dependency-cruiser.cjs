/**
 * The rooms and which way imports point:
 * kernel < config < database < users|clients|secrets|guessing|tokens|mail|audit < sessions < auth < contract-kit
 *        < contracts|pages|protocols|operations|development < apps. Equal rank means strangers.
 */
const RANKS = [
  ['kernel'],
  ['config'],
  ['database'],
  ['users', 'clients', 'secrets', 'guessing', 'tokens', 'mail', 'audit'],
  ['sessions'],
  ['auth'],
  ['contract-kit'],
  ['contracts', 'pages', 'protocols', 'operations', 'development'],
];

const oneOf = (rooms) => `^libs/(${rooms.join('|')})/`;

/** What exists for development mode alone. */
const DEVELOPMENT = ['^libs/development/', '^apps/[^/]+/src/(development|banner)\\.ts$'];

/** A room may import rooms of lower rank alone. */
const rankRules = RANKS.flatMap((rooms, rank) =>
  rooms.map((room) => ({
    name: `${room}-imports-downwards`,
    severity: 'error',
    comment: `libs/${room} may import ${RANKS.slice(0, rank).flat().join(', ') || 'no other room'} alone`,
    from: { path: oneOf([room]), pathNot: '\\.spec\\.ts$' },
    to: { path: '^(libs|apps|test)/', pathNot: [oneOf([room]), ...RANKS.slice(0, rank).map(oneOf)] },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...rankRules,
    {
      name: 'client-stands-alone',
      severity: 'error',
      comment: 'a package for front ends: it knows nothing of the house, and nothing of Node',
      from: { path: '^libs/client/', pathNot: ['\\.spec\\.ts$', '\\.mjs$'] },
      to: { pathNot: ['^libs/client/src/', 'node_modules/openapi-fetch/'] },
    },
    {
      name: 'client-is-for-others',
      severity: 'error',
      comment: 'nothing here is a client of its own service',
      from: { path: '^(libs|apps)/', pathNot: '^libs/client/' },
      to: { path: '^libs/client/' },
    },
    {
      name: 'one-door',
      severity: 'error',
      comment: "a library's index.ts is its only door",
      from: { path: '^(libs|apps)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'contracts-are-strangers',
      severity: 'error',
      from: { path: '^libs/contracts/src/([^/]+)/' },
      to: { path: '^libs/contracts/src/([^/]+)/', pathNot: '^libs/contracts/src/$1/' },
    },
    {
      name: 'contracts-know-no-storage',
      severity: 'error',
      comment: 'a contract holds no entity, no statement and no driver',
      from: { path: '^libs/contracts/' },
      to: {
        path: [
          '^libs/(database|users|sessions|secrets|clients|mail|audit)/',
          'node_modules/(pg|typeorm|ioredis|@nestjs/typeorm)/',
        ],
      },
    },
    {
      name: 'kernel-imports-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev'] },
    },
    {
      name: 'development-stays-out-of-production',
      severity: 'error',
      comment: 'an app loads its own development.ts by a dynamic import, in development mode alone',
      from: { path: '^(libs|apps)/', pathNot: DEVELOPMENT },
      to: { path: DEVELOPMENT, dynamic: false },
    },
    {
      name: 'development-has-one-door-in-each-app',
      severity: 'error',
      comment: "of an app's files, development.ts alone may be loaded at run time",
      from: { path: '^(libs|apps)/', pathNot: DEVELOPMENT },
      to: { path: DEVELOPMENT, pathNot: '^apps/[^/]+/src/development\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nothing-unlisted',
      severity: 'error',
      comment: 'what is imported at run time stands in package.json',
      from: { path: '^(libs|apps)/', pathNot: ['\\.spec\\.ts$', '^libs/client/[^/]+\\.mjs$'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: '^(dist|libs/client/dist)/' },
  },
};
