import { Form } from 'antd';
import { useNavigate } from 'react-router-dom';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { EditForm } from '@/shared/console/edit-form';
import { LineField } from '@/shared/console/fields';
import { PageHead } from '@/shared/ui/page';
import { RoleFields, rolesOf } from './parts';
import { usePeopleTexts } from './texts';

interface Values {
    username: string;
    nickname: string;
    password: string;
    roles?: string[];
    organisers?: number[];
}

export default function NewStaff() {
    const t = usePeopleTexts();
    const navigate = useNavigate();
    const [form] = Form.useForm<Values>();
    const create = useChange({
        run: (values: Values) =>
            ask(
                staffApi.POST('/api/v1/staff', {
                    body: {
                        username: values.username.trim(),
                        nickname: values.nickname.trim(),
                        password: values.password,
                        ...rolesOf(values),
                    },
                }),
            ),
        done: (_, values) => t('created', { name: values.username }),
        then: () => navigate('/console/people'),
    });
    return (
        <>
            <PageHead title={t('new_staff')}>
                <p className="muted">{t('new_staff_text')}</p>
            </PageHead>
            <div className="card">
                <EditForm
                    form={form}
                    initial={{ roles: ['operator'] }}
                    error={create.error}
                    busy={create.isPending}
                    submit={t('create')}
                    onSubmit={(values) => create.mutate(values)}
                    onCancel={() => navigate('/console/people')}
                >
                    <LineField
                        name="username"
                        label={t('username')}
                        hint={t('username_rule')}
                        required
                        max={16}
                    />
                    <LineField name="nickname" label={t('nickname')} required max={32} />
                    <LineField
                        name="password"
                        label={t('password')}
                        hint={t('password_rule')}
                        required
                        max={20}
                        type="password"
                        autoComplete="new-password"
                    />
                    <RoleFields />
                </EditForm>
            </div>
        </>
    );
}
