// What a bank's customer consented to, as a token: a secret, kept in memory only and gone when the
// page is loaded anew or the login ends.
const kept = new Map<string, string>();

export function keptConsent(person: number, bank: number): string {
    return kept.get(`${person}.${bank}`) ?? '';
}

export function keepConsent(person: number, bank: number, token: string): void {
    kept.set(`${person}.${bank}`, token);
}

export function forgetConsents(): void {
    kept.clear();
}
