import type { ToolName } from '@loadstair/components';

/** One program the lab may need, and how to come by it. */
export interface ToolDeclaration {
  readonly name: ToolName;
  /** Programs that must lie in one folder; the first tells the version. */
  readonly programs: readonly string[];
  readonly versionArgs: readonly string[];
  /** Lowest version that works. */
  readonly minimum: readonly [major: number, minor: number];
  /** Folders outside PATH where packages put it. */
  readonly folders: readonly string[];
  /** Whether a path to the folder is wanted rather than to the program. */
  readonly wantsFolder: boolean;
  readonly source:
    | { readonly how: 'apt'; readonly pack: string; readonly sizeText: string }
    | {
        readonly how: 'go';
        readonly module: string;
        /** What tools/go.mod pins; programs built from source may not know it. */ readonly pinned: string;
      }
    | { readonly how: 'npm' };
  /** Stages that need it; null is every stage. */
  readonly stages: string;
}

export const TOOLS: Readonly<Record<ToolName, ToolDeclaration>> = {
  node: {
    name: 'node',
    programs: ['node'],
    versionArgs: ['--version'],
    minimum: [24, 0],
    folders: [],
    wantsFolder: false,
    source: { how: 'npm' },
    stages: 'every stage',
  },
  postgres: {
    name: 'postgres',
    programs: ['postgres', 'initdb', 'pg_ctl', 'createdb'],
    versionArgs: ['--version'],
    minimum: [14, 0],
    folders: ['/usr/lib/postgresql/*/bin'],
    wantsFolder: true,
    source: { how: 'apt', pack: 'postgresql', sizeText: '60 MB' },
    stages: 'every stage',
  },
  haproxy: {
    name: 'haproxy',
    programs: ['haproxy'],
    versionArgs: ['-v'],
    minimum: [2, 4],
    folders: ['/usr/sbin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'haproxy', sizeText: '4 MB' },
    stages: 'stage 3',
  },
  redis: {
    name: 'redis',
    programs: ['redis-server'],
    versionArgs: ['--version'],
    minimum: [6, 2],
    folders: ['/usr/bin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'redis-server', sizeText: '2 MB' },
    stages: 'stage 5',
  },
  varnish: {
    name: 'varnish',
    programs: ['varnishd'],
    versionArgs: ['-V'],
    minimum: [6, 2],
    folders: ['/usr/sbin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'varnish', sizeText: '70 MB with the compiler it needs' },
    stages: 'stage 6',
  },
  prometheus: {
    name: 'prometheus',
    programs: ['prometheus', 'promtool'],
    versionArgs: ['--version'],
    minimum: [2, 40],
    folders: ['/usr/bin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'prometheus', sizeText: '50 MB' },
    stages: 'every stage',
  },
  nft: {
    name: 'nft',
    programs: ['nft'],
    versionArgs: ['--version'],
    minimum: [0, 9],
    folders: ['/usr/sbin', '/sbin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'nftables', sizeText: '1 MB' },
    stages: 'every stage',
  },
  k6: {
    name: 'k6',
    programs: ['k6'],
    versionArgs: ['version'],
    minimum: [2, 0],
    folders: [],
    wantsFolder: false,
    source: { how: 'go', module: 'go.k6.io/k6/v2', pinned: '2.2.0' },
    stages: 'every stage',
  },
  chromium: {
    name: 'chromium',
    programs: ['chromium'],
    versionArgs: ['--version'],
    minimum: [120, 0],
    folders: [],
    wantsFolder: false,
    source: { how: 'apt', pack: 'chromium', sizeText: '90 MB' },
    stages: './lab test',
  },
  toxiproxy: {
    name: 'toxiproxy',
    programs: ['toxiproxy'],
    versionArgs: ['-version'],
    minimum: [2, 1],
    folders: [],
    wantsFolder: false,
    source: { how: 'go', module: 'github.com/Shopify/toxiproxy/v2/cmd/server', pinned: '2.5.0' },
    stages: 'stage 6, --set …distance',
  },
};
