// An amount as the addresses of money say it; zero is a number here, not "free".
import { useLanguage } from '../i18n/language';
import { formatMoney } from '../time/format';

export function Amount({ amount, currency }: { amount: number; currency: string }) {
    const language = useLanguage();
    return <span className="number">{formatMoney({ minor: amount, currency }, language)}</span>;
}
