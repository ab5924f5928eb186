// Days as somebody at a desk chooses them, as the moments that the bank wants: from the first
// midnight to the one after the last day, in the browser's zone.

function midnight(day: string, daysLater: number): string | undefined {
    const [year, month, date] = day.split('-').map(Number);
    if (!year || !month || !date) return undefined;
    return new Date(year, month - 1, date + daysLater).toISOString();
}

export function periodOf(first: string, last: string): { from?: string; to?: string } {
    return { from: midnight(first, 0), to: midnight(last, 1) };
}
