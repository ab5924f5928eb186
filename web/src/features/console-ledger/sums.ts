// What all accounts add up to, by currency. Pure; whole numbers of minor units only.
export function sumsOf(balances: { currency: string; balance: number }[]): Map<string, number> {
    const sums = new Map<string, number>();
    for (const { currency, balance } of balances)
        sums.set(currency, (sums.get(currency) ?? 0) + balance);
    return sums;
}
