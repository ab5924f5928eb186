// The totals of a session or of a period, as the server counts them.
import type { TotalFigures } from '@/api/console-types';
import { Amount, Figure, Figures, useNumber } from './figures';
import { useConsoleTexts } from './texts';

const kPercentDigits = 2;

export function Totals({ totals }: { totals: TotalFigures }) {
    const t = useConsoleTexts();
    const number = useNumber();
    const amounts = [totals.amount, ...(totals.other_amounts ?? [])];
    return (
        <Figures>
            <Figure label={t('orders')}>{number(totals.orders)}</Figure>
            <Figure label={t('completed')}>{number(totals.completed)}</Figure>
            <Figure label={t('tickets')}>{number(totals.tickets)}</Figure>
            <Figure label={t('amount')}>
                <Amount money={amounts} />
            </Figure>
            <Figure label={t('reserved')}>{number(totals.reserved)}</Figure>
            <Figure label={t('cancelled')}>{number(totals.cancelled)}</Figure>
            <Figure label={t('expired')}>{number(totals.expired)}</Figure>
            <Figure label={t('refund_rate')}>
                {(100 * Number(totals.refund_rate)).toFixed(kPercentDigits)} %
            </Figure>
        </Figures>
    );
}
