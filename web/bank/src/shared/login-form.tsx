// The login, on a page of its own or inside of the matter that needs one. It says whose login it is:
// the bank is another company than the shop that sent the customer here.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Problem } from '@/shared/ui/problem';
import type { LoggedIn } from '~/api/types';
import { ask } from './client';
import { beginLogin, type Who } from './session';
import { useBankTexts } from './texts';

const kAddresses = {
    customer: '/api/v1/customers/logins',
    teller: '/api/v1/tellers/logins',
} as const;

export function LoginForm({ who }: { who: Who }) {
    const t = useBankTexts();
    const [name, setName] = useState('');
    const [password, setPassword] = useState('');
    const logIn = useMutation({
        mutationFn: () =>
            ask<LoggedIn>(null, 'POST', kAddresses[who], { body: { name: name.trim(), password } }),
        onSuccess: (login) => beginLogin(who, login),
    });
    return (
        <form
            className="stack"
            onSubmit={(event) => {
                event.preventDefault();
                if (!logIn.isPending) logIn.mutate();
            }}
        >
            <p className="muted">{t(`${who}_login_hint`)}</p>
            <Field
                label={t('name')}
                name="name"
                value={name}
                autoComplete={`section-${who} username`}
                autoCapitalize="none"
                required
                maxLength={64}
                onChange={(event) => setName(event.target.value)}
            />
            <Field
                label={t('password')}
                name="password"
                type="password"
                value={password}
                autoComplete={`section-${who} current-password`}
                required
                maxLength={128}
                onChange={(event) => setPassword(event.target.value)}
            />
            {logIn.error && <Problem error={logIn.error} />}
            <Button type="submit" wide busy={logIn.isPending}>
                {t('log_in')}
            </Button>
        </form>
    );
}
