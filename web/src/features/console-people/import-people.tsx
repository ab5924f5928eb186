import { Form, Input } from 'antd';
import { sendBytes, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { usePeopleTexts } from './texts';

export function ImportPeople({ onClose }: { onClose: () => void }) {
    const t = usePeopleTexts();
    const [form] = Form.useForm<{ usernames: string }>();
    const send = useChange({
        run: ({ usernames }: { usernames: string }) =>
            sendBytes<unknown>(
                'POST',
                '/api/v1/people/import',
                new Blob([
                    usernames
                        .split(/\r?\n/)
                        .map((line) => line.trim())
                        .filter(Boolean)
                        .join('\n'),
                ]),
                'text/plain',
            ),
        done: () => t('imported'),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            error={send.error}
            busy={send.isPending}
            submit={t('import')}
            onSubmit={(values) => send.mutate(values)}
            onCancel={onClose}
        >
            <Form.Item
                name="usernames"
                label={t('usernames')}
                extra={t('import_hint')}
                rules={[{ required: true, whitespace: true, message: t('usernames_missing') }]}
            >
                <Input.TextArea rows={10} spellCheck={false} className="mono" />
            </Form.Item>
        </EditForm>
    );
}
