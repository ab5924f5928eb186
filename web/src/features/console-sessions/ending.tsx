// The two ways in which a session ends early. Neither can be taken back.
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { SessionDetail } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { useConsoleTexts } from '@/shared/console/texts';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { useSessionTexts } from './texts';

export function EndingPart({ session }: { session: SessionDetail }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const navigate = useNavigate();
    const [asked, setAsked] = useState<'cancel' | 'remove' | null>(null);
    const [zh, setZh] = useState('');
    const [en, setEn] = useState('');
    const close = () => setAsked(null);
    const path = { session: session.id };
    const cancel = useChange<void>({
        run: () =>
            ask(
                staffApi.POST('/api/v1/sessions/{session}/cancel', {
                    params: { path },
                    body: { reason: { zh: zh.trim(), en: en.trim() } },
                }),
            ),
        done: () => t('cancelled', { id: session.id }),
        then: close,
    });
    const remove = useChange<void>({
        run: () => ask(staffApi.DELETE('/api/v1/sessions/{session}', { params: { path } })),
        done: () => t('removed', { id: session.id }),
        then: () => navigate('/console/sessions'),
    });
    return (
        <section className="row">
            {session.state !== 'cancelled' && (
                <Button look="danger" onClick={() => setAsked('cancel')}>
                    {t('cancel_session')}
                </Button>
            )}
            <Button look="danger" onClick={() => setAsked('remove')}>
                {t('remove_session')}
            </Button>
            <Confirm
                title={t('cancel_session')}
                open={asked === 'cancel'}
                text={t('cancel_text')}
                action={t('cancel_session')}
                word={String(session.id)}
                busy={cancel.isPending}
                error={cancel.error}
                blocked={zh.trim() === '' || en.trim() === ''}
                onConfirm={() => cancel.mutate()}
                onClose={close}
            >
                <Field
                    label={`${t('reason')} (${console('in_chinese')})`}
                    value={zh}
                    maxLength={100}
                    lang="zh-CN"
                    onChange={(event) => setZh(event.target.value)}
                />
                <Field
                    label={`${t('reason')} (${console('in_english')})`}
                    value={en}
                    maxLength={200}
                    lang="en"
                    onChange={(event) => setEn(event.target.value)}
                />
            </Confirm>
            <Confirm
                title={t('remove_session')}
                open={asked === 'remove'}
                text={t('remove_text')}
                action={t('remove_session')}
                word={String(session.id)}
                busy={remove.isPending}
                error={remove.error}
                onConfirm={() => remove.mutate()}
                onClose={close}
            />
        </section>
    );
}
