// Days of payments taken together: by bank and way for the table, by day for the plot.
import type { PaymentDay } from '@/api/money';

const kMinorPerMajor = 100;

// One row for each bank, way and currency, in the order in which they first appear.
export function sumsOf(days: PaymentDay[]): PaymentDay[] {
    const sums = new Map<string, PaymentDay>();
    for (const one of days) {
        const key = `${one.bank} ${one.way} ${one.currency}`;
        const sum = sums.get(key);
        if (!sum) {
            sums.set(key, { ...one });
            continue;
        }
        sum.started += one.started;
        sum.captured += one.captured;
        sum.failed += one.failed;
        sum.closed += one.closed;
        sum.amount += one.amount;
        sum.refunds += one.refunds;
        sum.refunded += one.refunded;
    }
    return [...sums.values()];
}

// Amounts in major units; days between the first and the last on which nothing happened are zero.
export function plotOf(days: PaymentDay[]) {
    const labels: string[] = [];
    const amounts: number[] = [];
    const refunded: number[] = [];
    const first = days[0]?.day;
    const last = days.at(-1)?.day;
    if (!first || !last) return { labels, amounts, refunded };
    const day = new Date(`${first}T00:00:00Z`);
    for (let label = first; label <= last; label = day.toISOString().slice(0, first.length)) {
        const those = days.filter((one) => one.day === label);
        labels.push(label);
        amounts.push(those.reduce((sum, one) => sum + one.amount, 0) / kMinorPerMajor);
        refunded.push(those.reduce((sum, one) => sum + one.refunded, 0) / kMinorPerMajor);
        day.setUTCDate(day.getUTCDate() + 1);
    }
    return { labels, amounts, refunded };
}
