// The question before a refund is approved or rejected.
import { useEffect, useState } from 'react';
import type { StaffRefund } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { Field } from '@/shared/ui/field';
import { useConsoleRefundTexts } from './texts';

export interface Asked {
    refund: StaffRefund;
    approve: boolean;
}

const kReasonCharactersMax = 200;

export function Review({ asked, onClose }: { asked: Asked | null; onClose: () => void }) {
    const t = useConsoleRefundTexts();
    const [reason, setReason] = useState('');
    useEffect(() => setReason(''), [asked]);
    const review = useChange<Asked, StaffRefund>({
        run: ({ refund, approve }) =>
            ask(
                staffApi.POST('/api/v1/staff/refunds/{refund}/review', {
                    params: { path: { refund: refund.refund } },
                    body: { approve, reason: reason.trim() },
                }),
            ),
        done: (_, { refund, approve }) =>
            t(approve ? 'approved' : 'rejected', { id: refund.refund }),
        then: onClose,
    });
    const approve = asked?.approve ?? false;
    const id = asked?.refund.refund ?? 0;
    const first = asked && asked.refund.approvals + 1 < asked.refund.approvals_needed;
    const approveText = first ? t('approve_first_text') : t('approve_text');
    return (
        <Confirm
            title={approve ? t('approve_of', { id }) : t('reject_of', { id })}
            open={asked !== null}
            text={approve ? approveText : t('reject_text')}
            action={approve ? t('approve') : t('reject')}
            busy={review.isPending}
            error={review.error}
            blocked={!approve && reason.trim() === ''}
            onConfirm={() => asked && review.mutate(asked)}
            onClose={onClose}
        >
            {!approve && (
                <Field
                    label={t('reason')}
                    hint={t('reason_missing')}
                    value={reason}
                    maxLength={kReasonCharactersMax}
                    autoComplete="off"
                    onChange={(event) => setReason(event.target.value)}
                />
            )}
        </Confirm>
    );
}
