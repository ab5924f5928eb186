// Numbers that are looked at, not edited.
import type { ReactNode } from 'react';
import type { Money as MoneyValue } from '@/api/types';
import type { Pool } from '@/api/console-types';
import { useLanguage } from '../i18n/language';
import { formatDateTime, formatMoney } from '../time/format';
import { useConsoleTexts } from './texts';

export function Figures({ children }: { children: ReactNode }) {
    return <dl className="figures">{children}</dl>;
}

export function Figure({ label, children }: { label: string; children: ReactNode }) {
    return (
        <div className="figure card">
            <dt>{label}</dt>
            <dd className="number">{children}</dd>
        </div>
    );
}

export function useNumber(): (value: number) => string {
    const language = useLanguage();
    return (value) => value.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB');
}

// One or several currencies; zero is shown as a number, not as "free".
export function Amount({ money }: { money: MoneyValue | MoneyValue[] }) {
    const language = useLanguage();
    const all = Array.isArray(money) ? money : [money];
    return <>{all.map((one) => formatMoney(one, language)).join(' + ') || '0'}</>;
}

export function When({ time }: { time: string | null | undefined }) {
    const language = useLanguage();
    if (!time) return <>–</>;
    return <time dateTime={time}>{formatDateTime(time, language)}</time>;
}

const kParts = ['sold', 'held', 'free', 'withdrawn'] as const;

// A pool's stock as a bar; its words and numbers stand below, so the colours add nothing that is
// not said.
export function StockBar({ pool }: { pool: Pool }) {
    const t = useConsoleTexts();
    const number = useNumber();
    const shown = kParts.filter((part) => part !== 'withdrawn' || pool.withdrawn > 0);
    return (
        <div className="stock">
            <div className="stock-bar" aria-hidden="true">
                {shown
                    .filter((part) => pool[part] > 0)
                    .map((part) => (
                        <span
                            key={part}
                            className={`part ${part}`}
                            style={{ flexGrow: pool[part] }}
                        />
                    ))}
            </div>
            <ul className="stock-words small">
                {shown.map((part) => (
                    <li key={part}>
                        <i className={`dot ${part}`} aria-hidden="true" />
                        {t(part)} <b className="number">{number(pool[part])}</b>
                    </li>
                ))}
                <li className="muted">
                    {t('capacity')} <b className="number">{number(pool.capacity)}</b>
                </li>
            </ul>
        </div>
    );
}
