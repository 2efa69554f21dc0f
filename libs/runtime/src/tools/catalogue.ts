import { declarations, type ToolDeclaration } from '@loadstair/components/declarations';

/** What the lab itself needs, whatever a stage runs. */
const OF_THE_LAB: readonly ToolDeclaration[] = [
  {
    name: 'prometheus',
    programs: ['prometheus', 'promtool'],
    versionArgs: ['--version'],
    minimum: [2, 40],
    folders: ['/usr/bin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'prometheus', fedora: 'golang-github-prometheus', arch: 'prometheus', sizeText: '50 MB' },
  },
  {
    name: 'nft',
    programs: ['nft'],
    versionArgs: ['--version'],
    minimum: [0, 9],
    folders: ['/usr/sbin', '/sbin'],
    wantsFolder: false,
    source: { how: 'apt', pack: 'nftables', fedora: 'nftables', arch: 'nftables', sizeText: '1 MB' },
  },
  {
    name: 'k6',
    programs: ['k6'],
    versionArgs: ['version'],
    minimum: [2, 0],
    folders: [],
    wantsFolder: false,
    source: { how: 'go', module: 'go.k6.io/k6/v2', pinned: '2.2.0' },
  },
  {
    name: 'chromium',
    programs: ['chromium'],
    versionArgs: ['--version'],
    minimum: [120, 0],
    folders: [],
    wantsFolder: false,
    source: { how: 'apt', pack: 'chromium', fedora: 'chromium', arch: 'chromium', sizeText: '90 MB' },
    alsoFor: './lab test',
  },
  {
    name: 'toxiproxy',
    programs: ['toxiproxy'],
    versionArgs: ['-version'],
    minimum: [2, 1],
    folders: [],
    wantsFolder: false,
    source: { how: 'go', module: 'github.com/Shopify/toxiproxy/v2/cmd/server', pinned: '2.5.0' },
    alsoFor: '--set …distance',
  },
];

/** Every program by its name. */
export function allTools(): ReadonlyMap<string, ToolDeclaration> {
  return new Map([...[...declarations.values()].map(({ tool }) => tool), ...OF_THE_LAB].map((tool) => [tool.name, tool]));
}

export function toolOf(name: string): ToolDeclaration {
  const tools = allTools();
  const tool = tools.get(name);
  if (tool === undefined) throw new Error(`Unknown program ${name}. Programs are ${[...tools.keys()].join(', ')}.`);
  return tool;
}
