// A session's terms: who may give tickets back and until when, and what happens to late money.
import { Form } from 'antd';
import { useState } from 'react';
import type { SessionTerms as Terms } from '@/api/money';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { EditForm } from '@/shared/console/edit-form';
import { kLatePayments, TermsFields } from '@/shared/console/terms-fields';
import { useTermsTexts } from '@/shared/console/terms-texts';
import { useConsoleTexts } from '@/shared/console/texts';
import { Button } from '@/shared/ui/button';
import { useConsoleRefundTexts } from './texts';
import './refunds.css';

type Session = Terms & { id: number; state: string };

export function SessionTerms({ session }: { session: Session }) {
    const t = useConsoleRefundTexts();
    const terms = useTermsTexts();
    const [editing, setEditing] = useState(false);
    const secondFrom = session.refund_second_review_from;
    const late = kLatePayments.find((one) => one === session.late_payment);
    return (
        <section className="card stack" aria-labelledby="terms">
            <div className="row apart">
                <h2 id="terms">{t('policy')}</h2>
                {session.state !== 'cancelled' && (
                    <Button look="plain" onClick={() => setEditing(true)}>
                        {t('edit_policy')}
                    </Button>
                )}
            </div>
            <dl className="facts terms">
                <dt>{t('of_session')}</dt>
                <dd>
                    {session.refund_allowed
                        ? t('hours', { count: session.refund_until_hours })
                        : t('not_allowed')}
                </dd>
                {session.refund_allowed && (
                    <>
                        <dt>{terms('fee_percent')}</dt>
                        <dd>{t('percent', { value: session.refund_fee_percent })}</dd>
                        <dt>{terms('reviewed')}</dt>
                        <dd>{session.refund_review ? t('review_yes') : t('review_none')}</dd>
                        <dt>{terms('second_from')}</dt>
                        <dd>{Number(secondFrom) === 0 ? t('second_none') : secondFrom}</dd>
                    </>
                )}
                <dt>{terms('late')}</dt>
                <dd>{late ? terms(`late_${late}`) : session.late_payment}</dd>
            </dl>
            <EditDrawer title={t('edit_policy')} open={editing} onClose={() => setEditing(false)}>
                <TermsForm session={session} onClose={() => setEditing(false)} />
            </EditDrawer>
        </section>
    );
}

// Only what was changed is sent.
function TermsForm({ session, onClose }: { session: Session; onClose: () => void }) {
    const t = useConsoleRefundTexts();
    const console = useConsoleTexts();
    const [form] = Form.useForm<Terms>();
    const save = useChange({
        run: (values: Terms) => {
            const touched = (Object.keys(values) as (keyof Terms)[]).filter((name) =>
                form.isFieldTouched(name),
            );
            const changed = Object.fromEntries(
                touched.map((name) => [name, values[name] ?? '0']),
            ) as Partial<Terms>;
            return ask(
                staffApi.PATCH('/api/v1/sessions/{session}', {
                    params: { path: { session: session.id } },
                    body: changed,
                }),
            );
        },
        done: () => t('policy_saved'),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            initial={session}
            error={save.error}
            busy={save.isPending}
            submit={console('save')}
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            <TermsFields hint={t('policy_text')} />
        </EditForm>
    );
}
