// "bank:1" and the like in words. An account that is not known keeps its name.
import { useLedgerTexts } from './texts';

export const kAccountKinds = [
    'bank',
    'organiser',
    'deposits',
    'refunds_due',
    'fees',
    'suspense_late',
    'suspense_duplicate',
    'suspense_mismatch',
    'suspense_stray',
] as const;
type Kind = (typeof kAccountKinds)[number];

export function partsOf(account: string): { kind: Kind; number: string } | null {
    const [head = '', tail = ''] = account.split(':');
    const name = head === 'suspense' ? `suspense_${tail}` : head;
    const kind = kAccountKinds.find((one) => one === name);
    return kind ? { kind, number: tail } : null;
}

export function useAccountName(): (account: string) => string {
    const t = useLedgerTexts();
    return (account) => {
        const parts = partsOf(account);
        return parts ? t(`account_${parts.kind}`, { number: parts.number }) : account;
    };
}
