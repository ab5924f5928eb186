// How a bill stands for whoever looks at it. The bank's word counts; only that time runs out, the
// page sees by itself (by the bank's clock), so that nobody presses a button that must fail.
import type { Bill } from '~/api/types';

export type Stage = 'open' | 'paid' | 'given_up' | 'closed' | 'expired';

export function stageOf(bill: Bill, now: number | null): Stage {
    if (bill.state === 'captured') return 'paid';
    if (bill.state === 'failed') return 'given_up';
    if (bill.state === 'closed') return 'closed';
    return now !== null && now >= Date.parse(bill.expires_at) ? 'expired' : 'open';
}
