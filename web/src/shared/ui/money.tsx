import { useLanguage } from '../i18n/language';
import { formatMoney } from '../time/format';
import { useSharedTexts } from './texts';

export function Money({ money }: { money: { minor: number; currency: string } }) {
    const t = useSharedTexts();
    const language = useLanguage();
    return (
        <span className="number">
            {money.minor === 0 ? t('free_of_charge') : formatMoney(money, language)}
        </span>
    );
}
