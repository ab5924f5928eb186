import { Form } from 'antd';
import type { Dayjs } from 'dayjs';
import type { Text } from '@/api/types';
import type { SessionDetail } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { EditForm } from '@/shared/console/edit-form';
import { NumberField, TextPair, TimeField } from '@/shared/console/fields';
import { useConsoleTexts } from '@/shared/console/texts';
import { pickedTime } from '@/shared/console/times';
import { textValue } from '@/shared/console/values';
import { useSessionTexts } from './texts';

interface Values {
    starts_at: Dayjs;
    ends_at: Dayjs;
    orders_per_person?: number | null;
    tickets_per_person?: number | null;
    venue?: Text;
    notice?: Text;
}

export function EditSession({
    session,
    open,
    onClose,
}: {
    session: SessionDetail;
    open: boolean;
    onClose: () => void;
}) {
    const t = useSessionTexts();
    return (
        <EditDrawer title={t('edit_session')} open={open} onClose={onClose}>
            <SessionForm session={session} onClose={onClose} />
        </EditDrawer>
    );
}

// What one sends is what was changed: rules that stay as they are need no command.
function SessionForm({ session, onClose }: { session: SessionDetail; onClose: () => void }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const [form] = Form.useForm<Values>();
    const touched = (name: keyof Values) => form.isFieldTouched(name);
    const save = useChange({
        run: (values: Values) =>
            ask(
                staffApi.PATCH('/api/v1/sessions/{session}', {
                    params: { path: { session: session.id } },
                    body: {
                        starts_at: touched('starts_at')
                            ? values.starts_at.toISOString()
                            : undefined,
                        ends_at: touched('ends_at') ? values.ends_at.toISOString() : undefined,
                        orders_per_person: touched('orders_per_person')
                            ? (values.orders_per_person ?? 0)
                            : undefined,
                        tickets_per_person: touched('tickets_per_person')
                            ? (values.tickets_per_person ?? 0)
                            : undefined,
                        venue: touched('venue') ? textValue(values.venue) : undefined,
                        notice: touched('notice') ? textValue(values.notice) : undefined,
                    },
                }),
            ),
        done: () => t('session_saved', { id: session.id }),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            initial={{
                ...session,
                starts_at: pickedTime(session.starts_at),
                ends_at: pickedTime(session.ends_at),
            }}
            error={save.error}
            busy={save.isPending}
            submit={console('save')}
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            <div className="columns">
                <TimeField name="starts_at" label={t('starts_at')} required />
                <TimeField name="ends_at" label={t('ends_at')} required after="starts_at" />
                <NumberField
                    name="orders_per_person"
                    label={t('orders_per_person')}
                    hint={t('no_limit')}
                />
                <NumberField
                    name="tickets_per_person"
                    label={t('tickets_per_person')}
                    hint={t('no_limit')}
                />
            </div>
            <TextPair name="venue" label={t('venue')} hint={t('inherited')} max={200} />
            <TextPair
                name="notice"
                label={t('notice')}
                hint={t('inherited')}
                lines={3}
                max={2500}
            />
        </EditForm>
    );
}
