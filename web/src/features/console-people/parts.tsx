import { Form } from 'antd';
import type { Person } from '@/api/console-types';
import { ManyChoice } from '@/shared/console/choice';
import { OrganiserField } from '@/shared/console/organisers';
import { usePeopleTexts } from './texts';

export const kRoles = ['operator', 'admin'] as const;

export function RoleTags({ roles }: { roles: string[] }) {
    const t = usePeopleTexts();
    const known = kRoles.filter((role) => roles.includes(role));
    if (known.length === 0) return <span className="muted">{t('role_none')}</span>;
    return (
        <span className="row">
            {known.map((role) => (
                <span key={role} className="tag accent">
                    {t(`role_${role}`)}
                </span>
            ))}
        </span>
    );
}

export function PersonTag({ person }: { person: Person }) {
    const t = usePeopleTexts();
    if (person.erased) return <span className="tag">{t('state_erased')}</span>;
    if (person.disabled) return <span className="tag bad">{t('state_disabled')}</span>;
    return <span className="tag good">{t('state_ok')}</span>;
}

// Roles and, for operators, the organisers that they act for.
export function RoleFields() {
    const t = usePeopleTexts();
    const roles = (Form.useWatch('roles') as string[] | undefined) ?? [];
    return (
        <>
            <Form.Item name="roles" label={t('roles')}>
                <ManyChoice
                    options={kRoles.map((value) => ({ value, label: t(`role_${value}`) }))}
                />
            </Form.Item>
            {roles.includes('operator') && (
                <OrganiserField name="organisers" many hint={t('organisers_hint')} />
            )}
        </>
    );
}

// Organisers go with the role of an operator only.
export function rolesOf(values: { roles?: string[]; organisers?: number[] }) {
    const roles = values.roles ?? [];
    return { roles, organisers: roles.includes('operator') ? (values.organisers ?? []) : [] };
}
