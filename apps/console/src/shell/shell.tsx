import { useState, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { copy } from '../lab/copy.ts';
import { HelpButton } from './help.tsx';
import { StatusProvider, useStatus } from './lab-status.tsx';
import { keepTheme, nextTheme, storedTheme } from './theme.ts';

const PAGES = [
  ['/runs', 'Runs'],
  ['/compare', 'Compare'],
  ['/stages', 'Stages'],
  ['/labs', 'Labs'],
  ['/health', 'Health'],
] as const;
/** The state of the machine that labd runs on: a copy has none. */
const HEALTH = '/health';

/** The bar on every page, and what is wrong with the lab itself. */
export function Shell({ children }: { readonly children: ReactNode }): ReactNode {
  const [location] = useLocation();
  return (
    <StatusProvider>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="top">
        <Link href="/" className="home">
          Loadstair
        </Link>
        <nav aria-label="Pages">
          {PAGES.filter(([path]) => copy() === null || path !== HEALTH).map(([path, name]) => (
            <Link key={path} href={path} aria-current={location.startsWith(path) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
        <GoingRun location={location} />
        <ThemeButton />
        <HelpButton />
      </header>
      <Gone />
      <CopyNote />
      <Recorded />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </StatusProvider>
  );
}

/** Said on every page of a copy. */
function CopyNote(): ReactNode {
  if (copy() === null) return null;
  return (
    <p className="copy-note">
      This copy has no server. The labs are judged in this browser, on recorded runs. Nothing can be started or changed.
    </p>
  );
}

/** The way to what is measured now, from every other page. */
function GoingRun({ location }: { readonly location: string }): ReactNode {
  const status = useStatus();
  const run = 'answer' in status && status.state === 'ready' ? status.answer.run : null;
  if (run === null || location.startsWith(`/runs/${run}`)) return null;
  return (
    <Link href={`/runs/${run}`}>
      <strong>Running</strong> {run}
    </Link>
  );
}

function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState(storedTheme);
  const next = nextTheme(theme);
  const switchTo = (): void => {
    keepTheme(next);
    setTheme(next);
  };
  return (
    <button
      type="button"
      className="sign"
      onClick={switchTo}
      title={`Colours: ${theme}`}
      aria-label={`Colours: ${theme}; switch to ${next}`}
    >
      <span aria-hidden="true">{{ system: '◐', light: '○', dark: '●' }[theme]}</span>
    </button>
  );
}

/** Where runs were recorded elsewhere, every page says so. */
function Recorded(): ReactNode {
  const status = useStatus();
  const recorded = 'answer' in status ? status.answer.recorded : undefined;
  return recorded === undefined ? null : (
    <aside className="recorded" aria-label="Recorded runs">
      {recorded.says} Nothing is measured on this machine.
    </aside>
  );
}

/** The lab ends with the command that started it: what is shown stays, and what to do is said. */
function Gone(): ReactNode {
  const status = useStatus();
  const gone = (status.state === 'stale' || status.state === 'failed') && status.failure.kind === 'gone';
  return (
    <div className="gone" role="status">
      {gone ? (
        <>
          The lab is not running. What you see stays; runs are safe on disk. Start it again with <code>./lab console</code>.
        </>
      ) : null}
    </div>
  );
}
