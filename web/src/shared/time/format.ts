// Times and money as people read them. Times are shown in the browser's zone. Money is integer minor units; nothing is computed with
// fractions.
import type { Language } from '../i18n/language';

const kLocales = { zh: 'zh-CN', en: 'en-GB' } as const;

// The shows take place in China, and most readers are there; for everybody else the zone is named.
const kPlaceOffsetMinutes = 480;

// "UTC-3:30", empty where the browser has the place's offset at that time.
export function zoneOf(time: string | number): string {
    const offset = -new Date(time).getTimezoneOffset();
    if (offset === kPlaceOffsetMinutes || Number.isNaN(offset)) return '';
    const minutes = Math.abs(offset);
    const rest = minutes % 60;
    const hours = Math.floor(minutes / 60);
    const part = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`;
    return offset === 0 ? 'UTC' : `UTC${offset < 0 ? '-' : '+'}${hours}${part}`;
}

// The browser's zone where it has not the place's offset the whole year, else empty.
export function foreignZone(): string {
    const seasons = ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'];
    if (seasons.every((time) => zoneOf(time) === '')) return '';
    return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function format(
    time: string | number,
    language: Language,
    shape: Intl.DateTimeFormatOptions,
): string {
    const text = new Intl.DateTimeFormat(kLocales[language], { ...shape, hour12: false }).format(
        new Date(time),
    );
    const zone = zoneOf(time);
    return zone === '' ? text : `${text} (${zone})`;
}

const day = (language: Language): Intl.DateTimeFormatOptions => ({
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
});
const kMinute: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

export function formatDateTime(time: string | number, language: Language): string {
    return format(time, language, { ...day(language), weekday: 'short', ...kMinute });
}

export function formatDate(time: string | number, language: Language): string {
    return format(time, language, day(language));
}

export function formatHour(time: string | number, language: Language): string {
    return format(time, language, { ...day(language), ...kMinute });
}

export function formatTimeOfDay(time: string | number, language: Language): string {
    return format(time, language, { ...kMinute, second: '2-digit' });
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
