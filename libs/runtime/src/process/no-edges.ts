/** There is nothing to purge. */
export class NoEdges extends Error {
  readonly what = 'There are no edges here.';
  readonly why: string;
  readonly do = './lab up 6';
  readonly code = 'E_NO_EDGES';
  readonly exit = 2;
  constructor(stage: number) {
    super(`Stage ${stage} has no edges.`);
    this.name = 'NoEdges';
    this.why = `at stage ${stage} clients fetch files from the site itself`;
  }
}
