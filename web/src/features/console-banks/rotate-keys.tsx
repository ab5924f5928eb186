import { useState } from 'react';
import type { BankDone, StaffBank } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { RadioChoice } from '@/shared/console/choice';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { useServerText } from '@/shared/i18n/texts';
import { useBankTexts } from './texts';

const kDaySeconds = 86_400;
const kGraces = [
    ['grace_day', kDaySeconds],
    ['grace_week', 7 * kDaySeconds],
    ['grace_none', 0],
] as const;

export function RotateKeys({
    bank,
    open,
    onClose,
    onKeys,
}: {
    bank: StaffBank;
    open: boolean;
    onClose: () => void;
    onKeys: (done: BankDone) => void;
}) {
    const t = useBankTexts();
    const text = useServerText();
    const [grace, setGrace] = useState<number>(kDaySeconds);
    const rotate = useChange<void, BankDone>({
        run: () =>
            ask(
                staffApi.POST('/api/v1/staff/banks/{bank}/keys', {
                    params: { path: { bank: bank.bank } },
                    body: { grace_seconds: grace },
                }),
            ),
        done: () => t('rotated'),
        then: (done) => {
            onClose();
            onKeys(done);
        },
    });
    return (
        <Confirm
            title={`${t('rotate')}: ${text(bank.name)}`}
            open={open}
            text={t('rotate_text')}
            action={t('rotate')}
            busy={rotate.isPending}
            error={rotate.error}
            onConfirm={() => rotate.mutate()}
            onClose={onClose}
        >
            <fieldset className="text-pair bank-grace">
                <legend>{t('grace')}</legend>
                <RadioChoice
                    value={grace}
                    onChange={({ target }) => setGrace(target.value as number)}
                    options={kGraces.map(([name, value]) => ({ value, label: t(name) }))}
                />
            </fieldset>
            {grace === 0 && <p className="note warn">{t('grace_none_text')}</p>}
        </Confirm>
    );
}
