// A session's terms: who may give tickets back and until when, and what happens to late money.
import { Form, Switch } from 'antd';
import { useState } from 'react';
import type { SessionTerms as Terms } from '@/api/money';
import { ask } from '@/shared/api/client';
import { Choice } from '@/shared/console/choice';
import { staffApi, useChange } from '@/shared/console/client';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { EditForm } from '@/shared/console/edit-form';
import { NumberField, PriceField } from '@/shared/console/fields';
import { useConsoleTexts } from '@/shared/console/texts';
import { Button } from '@/shared/ui/button';
import { useConsoleRefundTexts } from './texts';
import './refunds.css';

const kLate = ['refund', 'same', 'same_or_better'] as const;
const kHoursMax = 8760;

type Session = Terms & { id: number; state: string };

export function SessionTerms({ session }: { session: Session }) {
    const t = useConsoleRefundTexts();
    const [editing, setEditing] = useState(false);
    const secondFrom = session.refund_second_review_from;
    const late = kLate.find((one) => one === session.late_payment);
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
                        <dt>{t('fee_percent')}</dt>
                        <dd>{t('percent', { value: session.refund_fee_percent })}</dd>
                        <dt>{t('reviewed')}</dt>
                        <dd>{session.refund_review ? t('review_yes') : t('review_none')}</dd>
                        <dt>{t('second_from')}</dt>
                        <dd>{Number(secondFrom) === 0 ? t('second_none') : secondFrom}</dd>
                    </>
                )}
                <dt>{t('late')}</dt>
                <dd>{late ? t(`late_${late}`) : session.late_payment}</dd>
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
            <Form.Item
                name="refund_allowed"
                label={t('allowed')}
                extra={t('policy_text')}
                valuePropName="checked"
                required
            >
                <Switch />
            </Form.Item>
            <div className="columns">
                <NumberField
                    name="refund_until_hours"
                    label={t('until_hours')}
                    required
                    max={kHoursMax}
                />
                <PriceField name="refund_fee_percent" label={t('fee_percent')} />
                <PriceField
                    name="refund_second_review_from"
                    label={t('second_from')}
                    hint={t('second_hint')}
                />
            </div>
            <Form.Item name="refund_review" label={t('reviewed')} valuePropName="checked" required>
                <Switch />
            </Form.Item>
            <Form.Item name="late_payment" label={t('late')} required>
                <Choice options={kLate.map((one) => ({ value: one, label: t(`late_${one}`) }))} />
            </Form.Item>
        </EditForm>
    );
}
