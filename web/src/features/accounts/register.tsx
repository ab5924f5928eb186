import { useState } from 'react';
import { Link, Navigate, useNavigate } from 'react-router-dom';
import { useSite } from '@/shared/api/site';
import { useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { isFree, register } from './api';
import { ContactFields, WayChoice, waysOf, type Way } from './contact';
import { useForm } from './form';
import { useNext } from './next';
import { kRules } from './rules';
import { useAccountTexts } from './texts';
import './accounts.css';

const kEmpty = {
    username: '',
    nickname: '',
    password: '',
    again: '',
    mobile: '',
    email: '',
    code: '',
};

export default function RegisterPage() {
    const t = useAccountTexts();
    const next = useNext();
    const navigate = useNavigate();
    const person = useSession();
    const ways = waysOf(useSite().data);
    const [way, setWay] = useState<Way | null>(null);
    const taken = useTaken();
    const form = useForm(kEmpty, (values) => ({
        username: !kRules.username(values.username)
            ? t('username_problem')
            : taken.name === values.username
              ? t('username_taken')
              : undefined,
        nickname: kRules.nickname(values.nickname) ? undefined : t('nickname_problem'),
        password: kRules.password(values.password) ? undefined : t('password_problem'),
        again: values.again === values.password ? undefined : t('password_differs'),
        mobile: way !== 'mobile' || kRules.mobile(values.mobile) ? undefined : t('mobile_problem'),
        email: way !== 'email' || kRules.email(values.email) ? undefined : t('email_problem'),
        code: way === null || kRules.code(values.code) ? undefined : t('code_problem'),
    }));
    const send = form.submit(async ({ username, nickname, password, mobile, email, code }) => {
        const contact =
            way === 'mobile'
                ? { mobile, mobile_code: code }
                : way === 'email'
                  ? { email, email_code: code }
                  : {};
        await register({
            username,
            nickname: nickname.trim(),
            password,
            ...contact,
            cookies: true,
        });
        navigate(next, { replace: true });
    });
    if (person) return <Navigate to={next} replace />;
    const username = form.bind('username');
    return (
        <div className="narrow">
            <PageHead title={t('register')} />
            <form className="card stack" noValidate onSubmit={(event) => void send(event)}>
                {form.failure !== null && <Problem error={form.failure} />}
                <Field
                    {...username}
                    problem={
                        username.problem ??
                        (taken.name !== '' && taken.name === username.value
                            ? t('username_taken')
                            : undefined)
                    }
                    onBlur={() => {
                        username.onBlur();
                        taken.look(username.value);
                    }}
                    label={t('username')}
                    hint={t('username_hint')}
                    autoComplete="username"
                    autoCapitalize="none"
                    maxLength={16}
                    required
                />
                <Field
                    {...form.bind('nickname')}
                    label={t('nickname')}
                    hint={t('nickname_hint')}
                    autoComplete="nickname"
                    maxLength={64}
                    required
                />
                <Field
                    {...form.bind('password')}
                    label={t('password')}
                    hint={t('password_hint')}
                    type="password"
                    autoComplete="new-password"
                    maxLength={20}
                    required
                />
                <Field
                    {...form.bind('again')}
                    label={t('password_again')}
                    type="password"
                    autoComplete="new-password"
                    maxLength={20}
                    required
                />
                {ways.length > 0 && <WayChoice ways={ways} way={way} choose={setWay} optional />}
                {way && (
                    <ContactFields
                        way={way}
                        purpose="register"
                        bind={form.bind}
                        onFailure={form.fail}
                    />
                )}
                <Button type="submit" wide busy={form.busy}>
                    {t('register_button')}
                </Button>
                <Link to={next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`}>
                    {t('to_login')}
                </Link>
            </form>
        </div>
    );
}

// Asks whether a username is taken when its field is left; the server has the last word anyway, so
// that it cannot be asked is no problem.
function useTaken(): { name: string; look: (name: string) => void } {
    const [name, setName] = useState('');
    const look = (wanted: string) => {
        if (!kRules.username(wanted)) return;
        isFree(wanted).then(
            (free) => setName(free ? '' : wanted),
            () => setName(''),
        );
    };
    return { name, look };
}
