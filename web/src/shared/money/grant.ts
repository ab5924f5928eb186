// What a bank hands back in the address, behind the #, which browsers send to no server. It is a
// secret: read once when the page starts, gone from the address bar before anything else happens,
// kept in memory only, and given out once.

export interface Grant {
    token: string;
    bank: number | null;
}

const kTokenCharactersMax = 4096;

export function grantIn(hash: string): Grant | null {
    const said = new URLSearchParams(hash.replace(/^#/, ''));
    const token = (said.get('token') ?? '').trim();
    if (token === '' || token.length > kTokenCharactersMax) return null;
    const bank = said.get('bank') ?? '';
    return { token, bank: /^[1-9]\d{0,15}$/.test(bank) ? Number(bank) : null };
}

let kept: (Grant & { path: string }) | null = null;

// Called once, before the router looks at the address.
export function keepGrant(): void {
    const { hash, pathname, search } = window.location;
    if (!new URLSearchParams(hash.replace(/^#/, '')).has('token')) return;
    const grant = grantIn(hash);
    window.history.replaceState(window.history.state, '', pathname + search);
    if (grant) kept = { ...grant, path: pathname };
}

// For the page that it came back to; a login in between does not lose it.
export function takeGrant(path: string): Grant | null {
    if (kept === null || kept.path !== path) return null;
    const { token, bank } = kept;
    kept = null;
    return { token, bank };
}
