// Amounts as people read them. A changed amount carries its sign, so that its colour adds nothing
// that is not said.
import { useCallback } from 'react';
import { useLanguage } from '@/shared/i18n/language';
import { formatMoney } from '@/shared/time/format';
import { useBank } from './bank';

interface Shape {
    amount: number;
    currency?: string;
}

// A formatter that stays the same while language and currency do.
export function useMoneyText(currency?: string): (amount: number) => string {
    const language = useLanguage();
    const own = useBank().data?.currency;
    return useCallback(
        (amount) => formatMoney({ minor: amount, currency: currency ?? own ?? 'CNY' }, language),
        [currency, own, language],
    );
}

export function Money({ amount, currency }: Shape) {
    const text = useMoneyText(currency);
    return <span className="number">{text(amount)}</span>;
}

export function Change({ amount, currency }: Shape) {
    const text = useMoneyText(currency);
    if (amount === 0) return <span className="number">{text(0)}</span>;
    return (
        <span className={amount > 0 ? 'number plus' : 'number'}>
            {amount > 0 ? '+' : ''}
            {text(amount)}
        </span>
    );
}
