import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@/shared/ui/theme.css';
import '@/shared/ui/ui.css';
import '@/shared/console/parts.css';
import { App } from './app/app';
import './shared/brand.css';
import './app/layout.css';

const root = document.getElementById('root');
if (root) {
    createRoot(root).render(
        <StrictMode>
            <App />
        </StrictMode>,
    );
}

// A part of the page is not there. When the bank answers, a new build has taken the place of the one
// that this page came from: load the page anew, once for each build. When it does not, a page that
// says so is better than none.
async function loadAnew(): Promise<void> {
    const key = 'bank.reloaded';
    if (sessionStorage.getItem(key) === import.meta.url) return;
    const answer = await fetch('/api/v1/bank').catch(() => null);
    if (!answer?.ok) return;
    sessionStorage.setItem(key, import.meta.url);
    window.location.reload();
}
window.addEventListener('vite:preloadError', () => void loadAnew());
