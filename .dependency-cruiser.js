/**
 * Who may import whom: the table of STYLE.md section 2, one row a line. A new arrow needs a note in docs/decisions/.
 * Each row: name, the folder, what it may import besides itself (folders of ours, packages, Node), and what it means when it fires.
 */
const shared = (...words) => words.map((word) => `^src-shared/${word}(/|\\.ts$)`);
const main = (...words) => words.map((word) => `^src-main/${word}(/|\\.ts$)`);
const renderer = (...words) => words.map((word) => `^src-renderer/${word}(/|\\.tsx?$)`);
const npm = (...names) => names.map((name) => `(^|/)node_modules/${name}/`);
const NODE =
  '^(node:)?(assert|buffer|child_process|crypto|events|fs|module|net|http|os|path|perf_hooks|process|readline|stream|timers|tty|url|util|worker_threads|zlib)(/|$)';

const layers = [
  ['errors', '^src-shared/errors\\.ts$', [], 'An error is a code and facts; it knows nothing of what failed.'],
  [
    'domain',
    '^src-shared/domain/',
    [...shared('errors'), ...npm('zod')],
    'The words of the domain know no format, no store and no screen.',
  ],
  [
    'catalogue',
    '^src-shared/catalogue/',
    [...shared('domain', 'errors'), ...npm('zod', 'libphonenumber-js', 'i18n-iso-countries', 'ibantools')],
    'Kinds are data beside the domain: they may validate, not act.',
  ],
  [
    'crypto',
    '^src-shared/crypto/',
    [
      ...shared('domain', 'errors'),
      ...npm('tweetnacl', '@noble/[a-z-]+', 'canonicalize', 'age-encryption', '@scure/bip39', 'zod'),
    ],
    'Primitives know no record and no bundle.',
  ],
  [
    'records',
    '^src-shared/records/',
    [...shared('crypto', 'domain', 'errors', 'catalogue'), ...npm('zod', 'canonicalize')],
    'A record can be checked without knowing how it travelled or where it is kept.',
  ],
  [
    'bundle',
    '^src-shared/bundle/',
    [...shared('records', 'crypto', 'domain', 'errors', 'catalogue'), ...npm('zod', 'age-encryption', 'canonicalize')],
    'A bundle is verified without a store and without a policy.',
  ],
  [
    'policy',
    '^src-shared/policy/',
    [...shared('records', 'crypto', 'domain', 'errors', 'catalogue'), ...npm('zod')],
    'What may leave is decided on plain records; it neither seals nor stores.',
  ],
  [
    'convert',
    '^src-shared/convert/',
    [...shared('domain', 'errors', 'catalogue'), ...npm('zod', 'csv-parse', 'saxes')],
    'A converter turns foreign bytes into plain data and back; it signs and stores nothing.',
  ],
  [
    'matching',
    '^src-shared/matching/',
    [...shared('domain', 'errors', 'catalogue'), ...npm('zod', 'any-ascii', 'libphonenumber-js')],
    'Matching compares plain values.',
  ],
  [
    'graph',
    '^src-shared/graph/',
    shared('domain', 'errors'),
    'An algorithm is a pure function over Graph; it knows neither store nor screen.',
  ],
  [
    'layout',
    '^src-shared/layout/',
    [...shared('domain', 'errors', 'graph'), ...npm('cytoscape', 'cytoscape-fcose')],
    'A layout is a pure function over Graph.',
  ],
  [
    'contract',
    '^src-shared/contract/',
    ['^src-shared/', ...npm('zod')],
    'The contract names shared types; it never reaches into a process.',
  ],
  [
    'store',
    '^src-main/store/',
    [
      ...shared('domain', 'errors', 'records', 'catalogue', 'matching', 'crypto'),
      ...npm('better-sqlite3', '@types/better-sqlite3', 'zod'),
      NODE,
    ],
    'The store keeps records; it does not decide, exchange or ask for passphrases.',
  ],
  [
    'vault',
    '^src-main/vault/',
    [
      ...main('store'),
      ...shared('crypto', 'domain', 'errors'),
      ...npm('zod', '@node-rs/argon2', 'hash-wasm', 'tweetnacl', '@noble/[a-z-]+', '@scure/bip39', 'canonicalize'),
      NODE,
    ],
    'The vault opens the store; it knows nothing of what is in it.',
  ],
  [
    'exchange',
    '^src-main/exchange/',
    [
      ...main('store', 'vault'),
      '^src-shared/',
      ...npm('zod', 'any-ascii', 'age-encryption', 'csv-parse', 'saxes'),
      NODE,
    ],
    'Exchange and analysis meet in app/, not in each other.',
  ],
  [
    'analysis',
    '^src-main/analysis/',
    [...main('store', 'vault'), '^src-shared/', ...npm('zod'), NODE],
    'Exchange and analysis meet in app/, not in each other.',
  ],
  [
    'app',
    '^src-main/app(/|\\.ts$)',
    [
      ...main('app', 'store', 'vault', 'exchange', 'analysis'),
      '^src-shared/',
      ...npm('zod', 'age-encryption', 'csv-parse', 'saxes'),
      NODE,
    ],
    'The application must run without any host: no window, socket or terminal here.',
  ],
  [
    'host electron',
    '^src-main/hosts/electron/',
    [...main('app'), ...shared('contract', 'errors'), ...npm('electron', 'zod'), NODE],
    "A host turns its platform's message into a call and nothing else.",
  ],
  [
    'host loopback',
    '^src-main/hosts/loopback/',
    [...main('app'), ...shared('contract', 'errors'), ...npm('zod'), NODE],
    "A host turns its platform's message into a call and nothing else.",
  ],
  [
    'host cli',
    '^src-main/hosts/cli/',
    [...main('app'), ...shared('contract', 'domain', 'errors'), ...npm('zod'), NODE],
    "A host turns its platform's message into a call and nothing else.",
  ],
  [
    'ui',
    '^src-renderer/ui/',
    [...renderer('ui'), ...shared('catalogue', 'domain'), ...npm('.+')],
    'A ui part takes facts and reports intents: no client, no feature.',
  ],
  [
    'strings',
    '^src-renderer/strings/',
    [...shared('errors', 'domain', 'catalogue'), ...npm('react', '@types/react')],
    'Sentences know the codes and nothing else.',
  ],
  [
    'api',
    '^src-renderer/api/',
    [...shared('contract', 'errors', 'domain', 'catalogue'), ...npm('react', '@types/react', '@tanstack/.+')],
    'The client knows the contract and no screen.',
  ],
  [
    'features',
    '^src-renderer/features/',
    [
      ...renderer('features', 'api', 'ui', 'strings'),
      ...shared('domain', 'catalogue', 'graph', 'layout', 'contract', 'errors'),
      ...npm('.+'),
    ],
    'A feature reaches the vault through api/ only.',
  ],
  [
    'shell',
    '^src-renderer/(shell/|main\\.tsx)',
    ['^src-renderer/', ...shared('domain', 'catalogue', 'contract', 'errors'), ...npm('.+')],
    'The shell puts features together; the vault is reached through api/ only.',
  ],
];

const forbidden = layers.map(([name, path, allowed, comment]) => ({
  name: `layer: ${name}`,
  severity: 'error',
  comment,
  from: { path },
  to: { couldNotResolve: false, pathNot: [path, ...allowed] },
}));

export default {
  forbidden: [
    ...forbidden,
    {
      name: 'features-are-islands',
      severity: 'error',
      comment: 'Two features that need each other share a domain word, or meet in shell/.',
      from: { path: '^src-renderer/features/([^/]+)/' },
      to: { path: '^src-renderer/features/', pathNot: '^src-renderer/features/$1/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'A test helper that the program needs is part of the program: move it.',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Files that need each other are one file, or miss a third that both need.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      comment: 'An import that is not there is a typing error or a missing dependency.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'no-development-packages',
      severity: 'error',
      comment: 'What ships stands under dependencies. Electron is the runtime itself.',
      from: { path: '^src-', pathNot: '^src-main/hosts/electron/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/@types/' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|test-results|coverage)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
    },
  },
};
