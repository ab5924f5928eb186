import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import './shared/ui/theme.css';
import './shared/ui/ui.css';

const root = document.getElementById('root');
if (root) {
    createRoot(root).render(
        <StrictMode>
            <App />
        </StrictMode>,
    );
}

// In development the files change all the time, and nothing of them should be kept.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
    window.addEventListener('load', () => {
        navigator.serviceWorker.register('/service-worker.js').catch(() => {
            // Without it the site works the same as long as the server is there.
        });
    });

// A new build has taken the place of the one this page came from, and a part that it wants is gone:
// load the page anew, once for each build.
window.addEventListener('vite:preloadError', () => {
    const key = 'onsale.reloaded';
    if (sessionStorage.getItem(key) === import.meta.url) return;
    sessionStorage.setItem(key, import.meta.url);
    window.location.reload();
});
