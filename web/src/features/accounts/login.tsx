import { Link, Navigate, useNavigate } from 'react-router-dom';
import { useSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { logIn } from './api';
import { useForm } from './form';
import { useNext } from './next';
import { useAccountTexts } from './texts';

export default function LoginPage() {
    const t = useAccountTexts();
    const next = useNext();
    const navigate = useNavigate();
    const person = useSession();
    const form = useForm({ username: '', password: '' }, (values) => ({
        username: values.username.trim() ? undefined : t('username_missing'),
        password: values.password ? undefined : t('password_missing'),
    }));
    const send = form.submit(async ({ username, password }) => {
        await logIn(username.trim(), password);
        navigate(next, { replace: true });
    });
    if (person) return <Navigate to={next} replace />;
    const query = next === '/' ? '' : `?next=${encodeURIComponent(next)}`;
    return (
        <div className="narrow">
            <PageHead title={t('log_in')}>
                {next !== '/' && <p className="muted">{t('login_for')}</p>}
            </PageHead>
            <form className="card stack" noValidate onSubmit={(event) => void send(event)}>
                {form.failure !== null && <Problem error={form.failure} />}
                <Field
                    {...form.bind('username')}
                    label={t('username_any')}
                    autoComplete="username"
                    autoCapitalize="none"
                    maxLength={254}
                    required
                />
                <Field
                    {...form.bind('password')}
                    label={t('password')}
                    type="password"
                    autoComplete="current-password"
                    maxLength={64}
                    required
                />
                <Button type="submit" wide busy={form.busy}>
                    {t('log_in_button')}
                </Button>
                <div className="row apart">
                    <Link to={`/register${query}`}>{t('to_register')}</Link>
                    <Link to="/forgot">{t('forgot')}</Link>
                </div>
            </form>
        </div>
    );
}
