/** An answer that is computed at most once at a time, and given again for a while. What failed is not kept. */
export function kept<Answer>(compute: () => Promise<Answer>, keepMs: number, now = (): number => performance.now()): () => Promise<Answer> {
  let last: { readonly answer: Promise<Answer>; readonly until: number } | null = null;
  return () => {
    if (last !== null && now() < last.until) return last.answer;
    const answer = compute();
    const mine = { answer, until: Infinity };
    last = mine;
    answer.then(
      () => {
        if (last === mine) last = { answer, until: now() + keepMs };
      },
      () => {
        if (last === mine) last = null;
      },
    );
    return answer;
  };
}

/** Works come in turn: each begins when the one before has ended, well or not. */
export function oneAfterTheOther(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let queue: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = queue.then(work, work);
    queue = result.catch(() => {});
    return result;
  };
}
