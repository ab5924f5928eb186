// Addresses outside of the bank that its pages may lead to.

// Pages are http or https: a link must never be a script or a file.
export function webAddress(text: string | null | undefined): URL | null {
    try {
        const address = new URL(text ?? '');
        return ['http:', 'https:'].includes(address.protocol) ? address : null;
    } catch {
        return null;
    }
}

// Whether an address lies on a merchant's own site, as the bank has registered it.
export function isAtSite(address: string | null | undefined, site: string): boolean {
    const there = webAddress(address);
    return there !== null && there.origin === webAddress(site)?.origin;
}

// A path of these pages, never another site's: where to go after logging in.
export function ownPath(path: string | null, otherwise: string): string {
    return path !== null && /^\/(?![/\\])/.test(path) ? path : otherwise;
}
