// Times and money as people read them. Money is integer minor units; nothing is computed with
// fractions.
import type { Language } from '../i18n/language';

const kLocales = { zh: 'zh-CN', en: 'en-GB' } as const;

export function formatDateTime(time: string | number, language: Language): string {
    return new Intl.DateTimeFormat(kLocales[language], {
        year: 'numeric',
        month: language === 'zh' ? 'long' : 'short',
        day: 'numeric',
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
    }).format(new Date(time));
}

export function formatDate(time: string | number, language: Language): string {
    return new Intl.DateTimeFormat(kLocales[language], {
        year: 'numeric',
        month: language === 'zh' ? 'long' : 'short',
        day: 'numeric',
    }).format(new Date(time));
}

export function formatTimeOfDay(time: string | number, language: Language): string {
    return new Intl.DateTimeFormat(kLocales[language], {
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hour12: false,
    }).format(new Date(time));
}

export interface Duration {
    days: number;
    hours: number;
    minutes: number;
    seconds: number;
}

// Rounded up, so that a countdown shows 1 until it is over.
export function durationOf(milliseconds: number): Duration {
    const total = Math.max(0, Math.ceil(milliseconds / 1000));
    return {
        days: Math.floor(total / 86_400),
        hours: Math.floor(total / 3600) % 24,
        minutes: Math.floor(total / 60) % 60,
        seconds: total % 60,
    };
}

const kMinorDigits: Record<string, number> = { JPY: 0, KRW: 0 };

export function formatMoney(
    money: { minor: number; currency: string },
    language: Language,
): string {
    const digits = kMinorDigits[money.currency] ?? 2;
    const sign = money.minor < 0 ? '-' : '';
    const minor = String(Math.abs(money.minor)).padStart(digits + 1, '0');
    const whole = minor.slice(0, minor.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
    const part = digits === 0 ? '' : `.${minor.slice(-digits)}`;
    const symbol = new Intl.NumberFormat(kLocales[language], {
        style: 'currency',
        currency: money.currency || 'CNY',
        currencyDisplay: 'narrowSymbol',
    })
        .formatToParts(0)
        .find((one) => one.type === 'currency')?.value;
    return `${sign}${symbol ?? money.currency}${whole}${part}`;
}
