/** A labd that nobody asks for anything ends by itself, where somebody has said so. */
export interface IdleEnd {
  /** From now on it ends once it has been idle for so long, s. */
  after(idleS: number): void;
  /** Somebody asked for something: the time begins anew. */
  asked(): void;
  /** When it ends if nothing is asked of it until then, epoch ms; null where it stays. */
  readonly endsAtMs: number | null;
  /** It ends for another reason. */
  stop(): void;
}

/**
 * @param parts.busy whether a site is up or something is measured: that is not idle, whoever asks
 * @param parts.end ends labd
 */
export function idleEnd({ busy, end }: { readonly busy: () => boolean; readonly end: () => void }): IdleEnd {
  let idleMs: number | null = null;
  let endsAtMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    clearTimeout(timer);
    if (idleMs === null) return;
    endsAtMs = Date.now() + idleMs;
    timer = setTimeout(() => (busy() ? begin() : end()), idleMs);
  };
  return {
    after(idleS) {
      idleMs = idleS * 1000;
      begin();
    },
    asked: begin,
    get endsAtMs() {
      return busy() ? null : endsAtMs;
    },
    stop() {
      idleMs = null;
      endsAtMs = null;
      clearTimeout(timer);
    },
  };
}
