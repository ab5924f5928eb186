import { useQuery } from '@tanstack/react-query';
import { Form } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import type { Person } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { EditForm } from '@/shared/console/edit-form';
import { When } from '@/shared/console/figures';
import { useStaff } from '@/shared/console/me';
import { kConsoleKey } from '@/shared/console/session';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { PersonTag, RoleFields, rolesOf } from './parts';
import { usePeopleTexts } from './texts';

export default function PersonPage() {
    const person = Number(useParams().person);
    const query = useQuery({
        queryKey: [kConsoleKey, 'person', person],
        queryFn: () =>
            ask(staffApi.GET('/api/v1/people/{person}', { params: { path: { person } } })),
    });
    return <Loaded query={query}>{(data) => <PersonView person={data} />}</Loaded>;
}

function PersonView({ person }: { person: Person }) {
    const t = usePeopleTexts();
    const me = useStaff();
    const name = person.username || `${t('number')} ${person.id}`;
    usePageTitle(name);
    return (
        <div className="stack loose">
            <div className="stack tight">
                <div className="head-line">
                    <h1>{name}</h1>
                    <PersonTag person={person} />
                </div>
                {person.erased && <p className="note">{t('erased_text')}</p>}
                {person.disabled && (
                    <p className="note bad">
                        {t('because', { reason: person.disabled_reason ?? '–' })}
                    </p>
                )}
                {me.person === person.id && <p className="note">{t('yourself')}</p>}
            </div>
            <dl className="facts card">
                <dt>{t('number')}</dt>
                <dd>{person.id}</dd>
                <dt>{t('nickname')}</dt>
                <dd>{person.nickname || '–'}</dd>
                <dt>{t('contact')}</dt>
                <dd>
                    {[person.mobile_masked, person.email_masked].filter(Boolean).join(' · ') || '–'}
                </dd>
                <dt>{t('created_at')}</dt>
                <dd>
                    <When time={person.created_at} />
                </dd>
            </dl>
            {!person.erased && <Roles person={person} />}
            <div className="row">
                {!person.erased && <Disabling person={person} />}
                <ButtonLink look="plain" to={`/console/operations?person=${person.id}`}>
                    {t('operations_of')}
                </ButtonLink>
            </div>
        </div>
    );
}

interface RoleValues {
    roles?: string[];
    organisers?: number[];
}

function Roles({ person }: { person: Person }) {
    const t = usePeopleTexts();
    const [form] = Form.useForm<RoleValues>();
    const save = useChange({
        run: (values: RoleValues) =>
            ask(
                staffApi.PUT('/api/v1/people/{person}/roles', {
                    params: { path: { person: person.id } },
                    body: rolesOf(values),
                }),
            ),
        done: () => t('roles_saved', { name: person.username }),
    });
    return (
        <section className="card stack" aria-labelledby="roles-title">
            <h2 id="roles-title">{t('roles')}</h2>
            <p className="muted">{t('roles_text')}</p>
            <EditForm
                form={form}
                initial={{ roles: person.roles, organisers: person.organisers }}
                error={save.error}
                busy={save.isPending}
                submit={t('save_roles')}
                onSubmit={(values) => save.mutate(values)}
            >
                <RoleFields />
            </EditForm>
        </section>
    );
}

function Disabling({ person }: { person: Person }) {
    const t = usePeopleTexts();
    const [asked, setAsked] = useState(false);
    const [reason, setReason] = useState('');
    const disabled = !person.disabled;
    const change = useChange<void>({
        run: () =>
            ask(
                staffApi.PUT('/api/v1/people/{person}/disabled', {
                    params: { path: { person: person.id } },
                    body: { disabled, reason: disabled ? reason.trim() : '' },
                }),
            ),
        done: () => t(disabled ? 'disabled' : 'enabled', { name: person.username }),
        then: () => {
            setAsked(false);
            setReason('');
        },
    });
    const title = disabled ? t('disable') : t('enable');
    return (
        <>
            <Button look={disabled ? 'danger' : 'plain'} onClick={() => setAsked(true)}>
                {title}
            </Button>
            <Confirm
                title={title}
                open={asked}
                text={disabled ? t('disable_text') : t('enable_text')}
                action={title}
                busy={change.isPending}
                error={change.error}
                blocked={disabled && reason.trim() === ''}
                onConfirm={() => change.mutate()}
                onClose={() => setAsked(false)}
            >
                {disabled && (
                    <Field
                        label={t('reason')}
                        value={reason}
                        maxLength={160}
                        onChange={(event) => setReason(event.target.value)}
                    />
                )}
            </Confirm>
        </>
    );
}
