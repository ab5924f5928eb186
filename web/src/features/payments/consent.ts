// What a bank's customer consented to, as a token: kept for this tab only, never longer.
const kPrefix = 'onsale.consent.';

export function keptConsent(person: number, bank: number): string {
    try {
        return sessionStorage.getItem(`${kPrefix}${person}.${bank}`) ?? '';
    } catch {
        return '';
    }
}

export function keepConsent(person: number, bank: number, token: string): void {
    try {
        sessionStorage.setItem(`${kPrefix}${person}.${bank}`, token);
    } catch {
        // It has to be pasted again then.
    }
}

export function forgetConsents(): void {
    try {
        Object.keys(sessionStorage)
            .filter((key) => key.startsWith(kPrefix))
            .forEach((key) => sessionStorage.removeItem(key));
    } catch {
        // Nothing was kept then.
    }
}
