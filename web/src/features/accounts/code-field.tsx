// A code that was sent to a mobile or an e-mail address, with the button that sends it.
import { useEffect, useState } from 'react';
import type { CodePurpose, CodeTarget } from '@/api/types';
import { serverNow } from '@/shared/time/server-clock';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { sendCode } from './api';
import { useAccountTexts } from './texts';

const kResendSeconds = 60;

type Bound = React.ComponentProps<typeof Field> extends infer P ? Omit<P, 'label'> : never;

export function CodeField({
    purpose,
    target,
    bound,
    onFailure,
}: {
    purpose: CodePurpose;
    target: CodeTarget | null; // null: it is not a number or address yet
    bound: Bound;
    onFailure: (error: unknown) => void;
}) {
    const t = useAccountTexts();
    const [seconds, setSeconds] = useState(0);
    const [busy, setBusy] = useState(false);
    useEffect(() => {
        if (seconds <= 0) return;
        const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
        return () => clearTimeout(timer);
    }, [seconds]);

    const send = async () => {
        if (!target) return;
        setBusy(true);
        try {
            setSeconds(secondsUntil((await sendCode(purpose, target)).resend_after));
            notify({ text: t('code_sent') });
        } catch (error) {
            onFailure(error);
        } finally {
            setBusy(false);
        }
    };
    const waiting = seconds > 0;
    return (
        <Field
            {...bound}
            label={t('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            beside={
                <Button
                    look="plain"
                    busy={busy}
                    disabled={waiting || !target}
                    onClick={() => void send()}
                >
                    {waiting ? t('send_again', { count: seconds }) : t('send_code')}
                </Button>
            }
        />
    );
}

function secondsUntil(time: string | number): number {
    if (typeof time === 'number') return time;
    const now = serverNow();
    const left = now === null ? NaN : Math.ceil((Date.parse(time) - now) / 1000);
    return left > 0 ? left : kResendSeconds;
}
