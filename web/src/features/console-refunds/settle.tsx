// The question before somebody says that a buyer got the money in another way than from the bank.
import { useEffect, useState } from 'react';
import type { StaffRefund } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { Field } from '@/shared/ui/field';
import { useConsoleRefundTexts } from './texts';

const kNoteCharactersMax = 200;

export function Settle({ refund, onClose }: { refund: StaffRefund | null; onClose: () => void }) {
    const t = useConsoleRefundTexts();
    const [note, setNote] = useState('');
    useEffect(() => setNote(''), [refund]);
    const settle = useChange<StaffRefund, StaffRefund>({
        run: ({ refund: id }) =>
            ask(
                staffApi.POST('/api/v1/staff/refunds/{refund}/settlement', {
                    params: { path: { refund: id } },
                    body: { note: note.trim() },
                }),
            ),
        done: (now) =>
            t(now.state === 'completed' ? 'settled' : 'settled_first', { id: now.refund }),
        then: onClose,
    });
    const text = refund?.first_settler != null ? 'settle_second_text' : 'settle_text';
    return (
        <Confirm
            title={t('settle_of', { id: refund?.refund ?? 0 })}
            open={refund !== null}
            text={t(refund?.given_before ? 'settle_given_text' : text)}
            action={t('settle')}
            busy={settle.isPending}
            error={settle.error}
            blocked={note.trim() === ''}
            onConfirm={() => refund && settle.mutate(refund)}
            onClose={onClose}
        >
            <Field
                label={t('settle_note')}
                hint={t('settle_note_hint')}
                value={note}
                maxLength={kNoteCharactersMax}
                autoComplete="off"
                onChange={(event) => setNote(event.target.value)}
            />
        </Confirm>
    );
}
