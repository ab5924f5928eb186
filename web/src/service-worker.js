// The pages' service worker: keeps the shell of the site readable while the server is away. It never
// stores an answer of the API: those are the server's to give. The build fills in the two constants.
const kVersion = '__VERSION__';
const kShell = ['__SHELL__'];
const kCache = `shell-${kVersion}`;

self.addEventListener('install', (event) => {
    event.waitUntil(
        caches
            .open(kCache)
            .then((cache) => cache.addAll(kShell))
            .then(() => self.skipWaiting()),
    );
});

self.addEventListener('activate', (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) =>
                Promise.all(
                    names.filter((name) => name !== kCache).map((name) => caches.delete(name)),
                ),
            )
            .then(() => self.clients.claim()),
    );
});

// A page comes from the network; when the server is away, the stored shell stands in for it.
async function page(request) {
    try {
        const answer = await fetch(request);
        if (answer.status < 500) return answer;
    } catch {
        // The server cannot be reached: below.
    }
    return (await caches.match('/index.html')) ?? Response.error();
}

// A file with a hash in its name never changes; the others are asked for first.
async function file(request, url) {
    const stored = await caches.match(request);
    if (stored && url.pathname.startsWith('/assets/')) return stored;
    try {
        return await fetch(request);
    } catch {
        return stored ?? Response.error();
    }
}

self.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
    if (event.request.mode === 'navigate') {
        if (/^\/(api|pictures|healthz|readyz|metrics|openapi)/.test(url.pathname)) return;
        event.respondWith(page(event.request));
    } else if (kShell.includes(url.pathname)) {
        event.respondWith(file(event.request, url));
    }
});
