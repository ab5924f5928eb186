// A span of time in the one unit that says most; nothing where there is none. Pure.
const kMinute = 60;
const kHour = 3600;

export interface DurationWords {
    unit: 'seconds' | 'minutes' | 'hours_long';
    count: number;
}

export function durationWords(seconds: number | null | undefined): DurationWords | null {
    if (seconds === null || seconds === undefined) return null;
    if (seconds < 2 * kMinute) return { unit: 'seconds', count: Math.round(seconds) };
    if (seconds < 2 * kHour) return { unit: 'minutes', count: Math.round(seconds / kMinute) };
    return { unit: 'hours_long', count: Math.round(seconds / kHour) };
}
