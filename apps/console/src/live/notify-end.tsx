import { useEffect, useState, type ReactNode } from 'react';

/** Whether the browser tells of the end of a run that nobody looks at; `none` where it cannot. */
export type Notifying = 'none' | 'not-asked' | 'wanted' | 'refused';

/**
 * The browser asks whether it may notify only when somebody wants it.
 *
 * @param ended what the run came to; null while it goes on
 * @param onWanted called when a notification was allowed
 */
export function useNotifyEnd(run: string, ended: string | null, onWanted: () => void): { readonly state: Notifying; ask(): Promise<void> } {
  const [state, setState] = useState<Notifying>('Notification' in window ? 'not-asked' : 'none');
  useEffect(() => {
    if (state !== 'wanted' || ended === null) return;
    const shown = new Notification(`Run ${run} has ended`, { body: ended, tag: run });
    shown.onclick = () => window.focus();
  }, [state, ended, run]);
  return {
    state,
    async ask() {
      const answer = Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
      setState(answer === 'granted' ? 'wanted' : answer === 'denied' ? 'refused' : 'not-asked');
      if (answer === 'granted') onWanted();
    },
  };
}

export function NotifyButton({ state, onAsk }: { readonly state: Notifying; readonly onAsk: () => Promise<void> }): ReactNode {
  switch (state) {
    case 'none':
      return null;
    case 'wanted':
      return <span className="muted">You will be notified when it ends.</span>;
    case 'refused':
      return <span className="muted">This browser does not allow notifications from the console.</span>;
    case 'not-asked':
      return (
        <button type="button" onClick={() => void onAsk()}>
          Notify me when it ends
        </button>
      );
  }
}
