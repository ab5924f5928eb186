// One refund: how much, why, how far, and taking it back while that is possible.
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { Amount } from '@/shared/money/amount';
import { RefundTag } from '@/shared/money/states';
import { formatDateTime } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { notify } from '@/shared/ui/notices';
import { Problem } from '@/shared/ui/problem';
import { useCancelRefund, type Refund } from './api';
import { canBeCancelled, kReasons } from './states';
import { useRefundTexts } from './texts';

export function RefundCard({ refund, inOrder }: { refund: Refund; inOrder?: boolean }) {
    const t = useRefundTexts();
    const language = useLanguage();
    const reason = kReasons.find((one) => one === refund.reason);
    const Heading = inOrder ? 'h3' : 'h2';
    return (
        <article className={inOrder ? 'stack tight' : 'card stack tight'}>
            <div className="row apart">
                <Heading>
                    <Amount amount={refund.amount} currency={refund.currency} />
                </Heading>
                <RefundTag state={refund.state} />
            </div>
            <p>
                {t(`cause_${refund.cause}` as 'cause_buyer')}
                {reason && ` · ${t(reason)}`}
            </p>
            {refund.note && <p className="small pre">{t('words', { note: refund.note })}</p>}
            {refund.review && (
                <p className="small pre">{t('review_words', { note: refund.review })}</p>
            )}
            {refund.fee > 0 && (
                <p className="small">
                    {t('fee')} <Amount amount={refund.fee} currency={refund.currency} />
                </p>
            )}
            {refund.state === 'requested' && refund.approvals_needed > 1 && (
                <p className="small">
                    {t('approvals', { done: refund.approvals, needed: refund.approvals_needed })}
                </p>
            )}
            {refund.state === 'rejected' && <p className="small">{t('rejected_text')}</p>}
            {refund.state === 'parked' && <p className="small">{t('parked')}</p>}
            <div className="row apart muted small">
                <span className="number">
                    {t('refund', { id: refund.refund })} · {t('payment', { id: refund.payment })}
                </span>
                <span>{formatDateTime(refund.changed_at, language)}</span>
            </div>
            <div className="row">
                {!inOrder && (
                    <Link to={`/orders/${refund.order}`}>{t('order', { id: refund.order })}</Link>
                )}
                {canBeCancelled(refund) && <TakeBack refund={refund} />}
            </div>
        </article>
    );
}

function TakeBack({ refund }: { refund: Refund }) {
    const t = useRefundTexts();
    const cancel = useCancelRefund();
    const [asking, setAsking] = useState(false);
    const carryOut = () => {
        setAsking(false);
        cancel.mutate(refund.refund, { onSuccess: () => notify({ text: t('cancelled') }) });
    };
    return (
        <>
            <Button
                look="plain"
                busy={cancel.isPending}
                aria-label={`${t('cancel')}: ${t('refund', { id: refund.refund })}`}
                onClick={() => setAsking(true)}
            >
                {t('cancel')}
            </Button>
            {cancel.error && <Problem error={cancel.error} />}
            <Dialog title={t('cancel_title')} open={asking} onClose={() => setAsking(false)}>
                <p>{t('cancel_text')}</p>
                <div className="row">
                    <Button look="danger" onClick={carryOut}>
                        {t('cancel_yes')}
                    </Button>
                    <Button look="plain" onClick={() => setAsking(false)}>
                        {t('do_not')}
                    </Button>
                </div>
            </Dialog>
        </>
    );
}
