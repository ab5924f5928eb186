import { Form, Input } from 'antd';
import type { Webhook } from '@/api/console-types';
import { ManyChoice } from '@/shared/console/choice';
import { EditForm } from '@/shared/console/edit-form';
import { OrganiserField } from '@/shared/console/organisers';
import { kEvents, useEventName } from './events';
import { useWebhookTexts } from './texts';

export interface HookValues {
    organiser: number;
    url: string;
    events: string[];
}

export function HookForm({
    known,
    error,
    busy,
    submit,
    onSubmit,
    onCancel,
}: {
    known?: Webhook;
    error: unknown;
    busy: boolean;
    submit: string;
    onSubmit: (values: HookValues) => void;
    onCancel: () => void;
}) {
    const t = useWebhookTexts();
    const eventName = useEventName();
    const [form] = Form.useForm<HookValues>();
    return (
        <EditForm
            form={form}
            initial={known ?? { events: ['order.completed'] }}
            error={error}
            busy={busy}
            submit={submit}
            onSubmit={onSubmit}
            onCancel={onCancel}
        >
            <OrganiserField disabled={known !== undefined} />
            <Form.Item
                name="url"
                label={t('url')}
                extra={t('url_hint')}
                rules={[{ required: true, pattern: /^https?:\/\/\S+$/, message: t('url_missing') }]}
            >
                <Input type="url" inputMode="url" autoComplete="off" maxLength={500} />
            </Form.Item>
            <Form.Item
                name="events"
                label={t('events')}
                rules={[{ required: true, message: t('missing') }]}
            >
                <ManyChoice
                    options={kEvents.map(([value]) => ({ value, label: eventName(value) }))}
                />
            </Form.Item>
        </EditForm>
    );
}
