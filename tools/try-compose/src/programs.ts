import { allTools } from '@loadstair/runtime';

/** What an image needs beside npm packages, as the components and the lab declare it. */
export interface Programs {
  /** Names of Debian packages. */
  readonly debian: readonly string[];
  /** Programs that are built from tools/go.mod. */
  readonly go: readonly { readonly name: string; readonly package: string }[];
}

/** A browser is needed by tests alone, and tests do not run in the container. */
const TESTS = './lab test';

/** Everything for every stage: nothing is fetched when the container runs. */
export function programs(): Programs {
  const tools = [...allTools().values()].filter(({ alsoFor }) => alsoFor !== TESTS);
  return {
    debian: tools.flatMap(({ source }) => (source.how === 'apt' ? [source.pack] : [])).toSorted(),
    go: tools.flatMap(({ name, source }) => (source.how === 'go' ? [{ name, package: source.module }] : [])),
  };
}
