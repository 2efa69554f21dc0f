import type { Caches, Files } from '@loadstair/site-plan';
import type { DeclaredComponent, Link, Tier, Topology } from '@loadstair/topology';
import type { LogFormat } from './log-format.ts';

/** What a component tells of itself: plain data, so that browsers and pure libraries may read it. */
export interface Declaration extends DeclaredComponent {
  /** What people call the program, as a sentence begins with it. */
  readonly title: string;
  /** What people call its part on a host that it shares with others; its kind unless told. */
  readonly word?: string;
  readonly tool: ToolDeclaration;
  /** Where it listens on its host's private address. */
  readonly ports: {
    /** Where those connect that it serves. */
    readonly served: number;
    readonly others: readonly number[];
  };
  /** What Prometheus scrapes on the hosts of a tier; null when the lab reads it another way. */
  readonly scrape: (tier: Pick<Tier, 'settings'>) => Scrape | null;
  /** How it writes its log; absent of a program that writes the lab's own JSON lines. */
  readonly log?: LogFormat;
  /** How programs of the lab use it, by what they use it as; absent of what none of them uses. */
  readonly serves?: Serves;
  /** Data lies here and not with whoever asks: a host is reached at the port of what it stores. */
  readonly stores: boolean;
  /** It keeps what cannot be made again: a fresh host in its place would lose it. */
  readonly keepsData: boolean;
  /** Whether it spreads work over the hosts that a link from its tier leads to, so that they may come and go while it runs. */
  readonly spreadsOver: (link: Link, topology: Topology) => boolean;
  /** Its first requests are slow: it has to be warm before its speed is measured. */
  readonly warmsUp: boolean;
  /** MiB on disk beside the host's log. */
  readonly diskMiB: number;
  /** KiB a second its host may write to disk, where a tier has a limit. */
  readonly diskWriteLimit?: (tier: Pick<Tier, 'settings'>) => number | undefined;
  /** What it needs open at once, and what for. */
  readonly openFiles: { readonly least: number; readonly because: string };
}

export interface Serves {
  /** As their database: how the address of a connection begins, and who connects. */
  readonly sql?: { readonly scheme: string; readonly user: string };
  /** As their cache: who connects, and how the caches of a tier are used. */
  readonly cache?: { readonly user: string; readonly use: (tier: Pick<Tier, 'settings'>) => Omit<Caches, 'servers'> };
  /** To send files to their users: which of them, and for how long they may be kept. */
  readonly files?: { readonly use: (tier: Pick<Tier, 'settings'>) => Omit<Files, 'base'> };
}

export interface Scrape {
  readonly port: number;
  readonly path: string;
}

/** A program that the packages of the system have. The lab installs it where `apt-get` does; elsewhere it names the package. */
export interface SystemPackage {
  readonly how: 'apt';
  /** Of Debian and Ubuntu. */
  readonly pack: string;
  readonly fedora: string;
  readonly arch: string;
  readonly sizeText: string;
}

/** One program the lab may need, and how to come by it. */
export interface ToolDeclaration {
  readonly name: string;
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
    | SystemPackage
    | {
        readonly how: 'go';
        readonly module: string;
        /** What tools/go.mod pins; programs built from source may not know it. */ readonly pinned: string;
      }
    | { readonly how: 'npm' };
  /** What needs it beside the stages that do. */
  readonly alsoFor?: string;
}
