import '@loadstair/report-view/tokens.css';
import '@loadstair/report-view/report.css';
import './styles/console.css';
import './styles/asked.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { adoptKeyFromAddress } from './lab/key.ts';
import { applyTheme, storedTheme } from './shell/theme.ts';

adoptKeyFromAddress();
applyTheme(storedTheme());
const root = document.getElementById('console');
if (root === null) throw new Error('index.html has no place for the console.');
createRoot(root).render(<App />);
