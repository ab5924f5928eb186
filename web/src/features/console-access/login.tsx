import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router-dom';
import { ask } from '@/shared/api/client';
import { staffApi } from '@/shared/console/client';
import { beginStaff, useStaffPerson } from '@/shared/console/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Problem } from '@/shared/ui/problem';
import { Gate } from './gate';
import { nextPage } from './next';
import { useAccessTexts } from './texts';

export default function Login() {
    const t = useAccessTexts();
    const [search] = useSearchParams();
    const person = useStaffPerson();
    const [username, setUsername] = useState('');
    const [password, setPassword] = useState('');
    const logIn = useMutation({
        mutationFn: () =>
            ask(
                staffApi.POST('/api/v1/staff/logins', {
                    body: { username: username.trim(), password, cookies: true },
                }),
            ),
        onSuccess: (login) => beginStaff(login.person),
    });
    // The layout sends on to the choice of a password where one has to be made.
    if (person !== null) return <Navigate to={nextPage(search)} replace />;
    return (
        <Gate title={t('log_in')}>
            <form
                className="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    if (!logIn.isPending) logIn.mutate();
                }}
            >
                <p className="muted">{t('who')}</p>
                <Field
                    label={t('username')}
                    value={username}
                    autoComplete="username"
                    required
                    maxLength={200}
                    onChange={(event) => setUsername(event.target.value)}
                />
                <Field
                    label={t('password')}
                    type="password"
                    value={password}
                    autoComplete="current-password"
                    required
                    maxLength={200}
                    onChange={(event) => setPassword(event.target.value)}
                />
                {logIn.error && <Problem error={logIn.error} />}
                <Button type="submit" wide busy={logIn.isPending}>
                    {t('enter')}
                </Button>
                <Link to="/">{t('to_site')}</Link>
            </form>
        </Gate>
    );
}
