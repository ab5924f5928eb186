import { Form } from 'antd';
import { useRef } from 'react';
import type { SessionCampaign, SessionDetail } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { ManyChoice } from '@/shared/console/choice';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { freshId } from '@/shared/console/ids';
import { useConsoleTexts } from '@/shared/console/texts';
import { pickedTime } from '@/shared/console/times';
import { pictureName, textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { CampaignFields, kHoldMinutesDefault, type CampaignValues } from './campaign-fields';
import { useSessionTexts } from './texts';

type Values = CampaignValues & { tiers: number[] };

export function CampaignForm({
    session,
    known,
    onClose,
}: {
    session: SessionDetail;
    known?: SessionCampaign;
    onClose: () => void;
}) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const fresh = useRef(freshId());
    const [form] = Form.useForm<Values>();
    const save = useChange({
        run: (values: Values): Promise<unknown> => {
            const all = {
                name: textValue(values.name),
                description: textValue(values.description),
                picture: values.picture ?? '',
                opens_at: values.opens_at.toISOString(),
                closes_at: values.closes_at.toISOString(),
                one_per_person: values.one_per_person ?? false,
                tickets_per_order: values.tickets_per_order ?? 0,
                hold_minutes: values.hold_minutes ?? kHoldMinutesDefault,
                tiers: values.tiers,
            };
            if (!known)
                return ask(
                    staffApi.POST('/api/v1/sessions/{session}/campaigns', {
                        params: { path: { session: session.id } },
                        body: { id: fresh.current, ...all },
                    }),
                );
            // Only what was changed is sent: what stays needs no command.
            const body = Object.fromEntries(
                Object.entries(all).filter(([name]) => form.isFieldTouched(name as keyof Values)),
            );
            return ask(
                staffApi.PATCH('/api/v1/campaigns/{campaign}', {
                    params: { path: { campaign: known.id } },
                    body,
                }),
            );
        },
        done: (_, values) =>
            t(known ? 'campaign_saved' : 'campaign_added', { name: text(values.name) }),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            initial={
                known
                    ? {
                          ...known,
                          picture: pictureName(known.picture),
                          opens_at: pickedTime(known.opens_at),
                          closes_at: pickedTime(known.closes_at),
                      }
                    : { hold_minutes: kHoldMinutesDefault, tiers: [] }
            }
            error={save.error}
            busy={save.isPending}
            submit={known ? console('save') : t('add_campaign')}
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            <CampaignFields />
            <Form.Item
                name="tiers"
                label={t('which_tiers')}
                rules={[{ required: true, message: console('missing') }]}
            >
                <ManyChoice
                    options={session.tiers.map((tier) => ({
                        value: tier.id,
                        label: text(tier.name),
                    }))}
                />
            </Form.Item>
        </EditForm>
    );
}
