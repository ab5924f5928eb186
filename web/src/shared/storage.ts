// localStorage that may be missing or full (private windows): reading gives nothing, writing says
// whether it worked.

export function readStored<T>(key: string): T | undefined {
    try {
        const text = localStorage.getItem(key);
        return text === null ? undefined : (JSON.parse(text) as T);
    } catch {
        return undefined;
    }
}

export function writeStored(key: string, value: unknown): boolean {
    try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
    } catch {
        return false;
    }
}

export function removeStored(key: string): void {
    try {
        localStorage.removeItem(key);
    } catch {
        // Nothing was stored then.
    }
}

export function removeStoredWithPrefix(prefix: string): void {
    try {
        Object.keys(localStorage)
            .filter((key) => key.startsWith(prefix))
            .forEach((key) => localStorage.removeItem(key));
    } catch {
        // Nothing was stored then.
    }
}
