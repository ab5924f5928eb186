import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Me } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { useSite } from '@/shared/api/site';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { refreshMe, useMe } from './api';
import { ContactFields, waysOf, type Way } from './contact';
import { useForm } from './form';
import { LoginList } from './login-list';
import { kRules } from './rules';
import { useAccountTexts } from './texts';
import './accounts.css';

export default function SecurityPage() {
    const t = useAccountTexts();
    const me = useMe();
    const ways = waysOf(useSite().data);
    return (
        <div className="stack">
            <p>
                <Link to="/me">{t('me')}</Link>
            </p>
            <PageHead title={t('security')} />
            <Loaded query={me}>
                {(data) => (
                    <>
                        <Contact me={data} way="mobile" possible={ways.includes('mobile')} />
                        <Contact me={data} way="email" possible={ways.includes('email')} />
                    </>
                )}
            </Loaded>
            <PasswordForm />
            <LoginList />
        </div>
    );
}

function Contact({ me, way, possible }: { me: Me; way: Way; possible: boolean }) {
    const t = useAccountTexts();
    const [open, setOpen] = useState(false);
    return (
        <section className="card stack" aria-label={t(way)}>
            <div className="row apart">
                <h2>{t(way)}</h2>
                <span>{me[way] ?? <span className="muted">{t('not_bound')}</span>}</span>
            </div>
            {possible && (
                <div>
                    <Button look="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
                        {t(`change_${way}`)}
                    </Button>
                </div>
            )}
            {open && <ContactForm way={way} done={() => setOpen(false)} />}
        </section>
    );
}

function ContactForm({ way, done }: { way: Way; done: () => void }) {
    const t = useAccountTexts();
    const form = useForm({ mobile: '', email: '', code: '', password: '' }, (values) => ({
        [way]: kRules[way](values[way]) ? undefined : t(`${way}_problem`),
        code: kRules.code(values.code) ? undefined : t('code_problem'),
        password: values.password ? undefined : t('password_missing'),
    }));
    const send = form.submit(async ({ mobile, email, code, password }) => {
        const proof = { code, password };
        if (way === 'mobile')
            await ask(api.PUT('/api/v1/me/mobile', { body: { mobile, ...proof } }));
        else await ask(api.PUT('/api/v1/me/email', { body: { email, ...proof } }));
        await refreshMe();
        notify({ text: t('saved') });
        done();
    });
    return (
        <form className="stack" noValidate onSubmit={(event) => void send(event)}>
            {form.failure !== null && <Problem error={form.failure} />}
            <ContactFields way={way} purpose="change" bind={form.bind} onFailure={form.fail} />
            <Field
                {...form.bind('password')}
                label={t('old_password')}
                hint={t('contact_password_hint')}
                type="password"
                autoComplete="current-password"
                maxLength={64}
            />
            <div>
                <Button type="submit" busy={form.busy}>
                    {t('save')}
                </Button>
            </div>
        </form>
    );
}

const kEmpty = { old: '', password: '', again: '' };

function PasswordForm() {
    const t = useAccountTexts();
    const form = useForm(kEmpty, (values) => ({
        old: values.old ? undefined : t('password_missing'),
        password: kRules.password(values.password) ? undefined : t('password_problem'),
        again: values.again === values.password ? undefined : t('password_differs'),
    }));
    const send = form.submit(async ({ old, password }) => {
        await ask(
            api.PUT('/api/v1/me/password', { body: { old_password: old, new_password: password } }),
        );
        form.setValues(kEmpty);
        notify({ text: t('password_changed') });
    });
    return (
        <form
            className="card stack"
            aria-labelledby="password"
            noValidate
            onSubmit={(event) => void send(event)}
        >
            <h2 id="password">{t('change_password')}</h2>
            <p className="muted small">{t('change_password_text')}</p>
            {form.failure !== null && <Problem error={form.failure} />}
            <Field
                {...form.bind('old')}
                label={t('old_password')}
                type="password"
                autoComplete="current-password"
                maxLength={64}
            />
            <Field
                {...form.bind('password')}
                label={t('new_password')}
                hint={t('password_hint')}
                type="password"
                autoComplete="new-password"
                maxLength={20}
            />
            <Field
                {...form.bind('again')}
                label={t('password_again')}
                type="password"
                autoComplete="new-password"
                maxLength={20}
            />
            <div>
                <Button type="submit" busy={form.busy}>
                    {t('save')}
                </Button>
            </div>
        </form>
    );
}
