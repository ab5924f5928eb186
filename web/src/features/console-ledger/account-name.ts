// "bank:1" and the like in words. An account that is not known keeps its name.
import type { Text } from '@/api/types';
import { useServerText } from '@/shared/i18n/texts';
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
    'settled',
] as const;
type Kind = (typeof kAccountKinds)[number];

export function partsOf(account: string): { kind: Kind; number: string } | null {
    const [head = '', tail = ''] = account.split(':');
    const name = head === 'suspense' ? `suspense_${tail}` : head;
    const kind = kAccountKinds.find((one) => one === name);
    return kind ? { kind, number: tail } : null;
}

interface Named {
    account: string;
    name?: Text | null; // of its bank or organiser, where it is known
}

export function useAccountName(): (one: Named) => string {
    const t = useLedgerTexts();
    const text = useServerText();
    return ({ account, name }) => {
        const parts = partsOf(account);
        if (!parts) return account;
        const who = name ? `${text(name)} (${parts.number})` : parts.number;
        return t(`account_${parts.kind}`, { number: who });
    };
}
