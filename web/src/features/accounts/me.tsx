import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { Me } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { useLanguage } from '@/shared/i18n/language';
import { useUnread } from '@/shared/messages/inbox';
import { formatDate } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { logOut, refreshMe, useMe } from './api';
import { Avatar } from './avatar';
import { useForm } from './form';
import { kRules } from './rules';
import { useAccountTexts } from './texts';
import './accounts.css';

export default function MePage() {
    const t = useAccountTexts();
    const query = useMe();
    return (
        <div className="stack loose">
            <Loaded query={query}>
                {(me) => (
                    <>
                        <Welcome me={me} />
                        <Menu />
                        <Profile key={me.person} me={me} />
                    </>
                )}
            </Loaded>
            <LogOut label={t('log_out')} />
        </div>
    );
}

function Welcome({ me }: { me: Me }) {
    const t = useAccountTexts();
    const language = useLanguage();
    const name = me.nickname || me.username;
    return (
        <div className="row">
            <Avatar person={me.person} nickname={name} />
            <PageHead title={t('welcome', { name })}>
                <p className="muted small">
                    {me.username} · {t('since', { time: formatDate(me.created_at, language) })}
                </p>
            </PageHead>
        </div>
    );
}

function Menu() {
    const t = useAccountTexts();
    const entries: { to: string; title: string; text?: string; count?: number }[] = [
        { to: '/tickets', title: t('my_tickets') },
        { to: '/orders', title: t('my_orders') },
        { to: '/refunds', title: t('my_refunds') },
        { to: '/me/bank-bills', title: t('bank_bills'), text: t('bank_bills_text') },
        { to: '/me/messages', title: t('messages'), count: useUnread() },
        { to: '/me/security', title: t('security'), text: t('security_text') },
        { to: '/me/statistics', title: t('statistics'), text: t('statistics_text') },
        { to: '/me/privacy', title: t('privacy'), text: t('privacy_text') },
    ];
    return (
        <nav className="menu" aria-label={t('me')}>
            {entries.map((entry) => (
                <Link key={entry.to} to={entry.to} className="card">
                    <span className="row apart">
                        <span className="strong">{entry.title}</span>
                        {entry.count !== undefined && entry.count > 0 && (
                            <span className="tag accent">
                                {t('unread', { count: entry.count })}
                            </span>
                        )}
                    </span>
                    {entry.text && <p className="muted small">{entry.text}</p>}
                </Link>
            ))}
        </nav>
    );
}

const kGenders = ['unknown', 'female', 'male', 'other'] as const;

function Profile({ me }: { me: Me }) {
    const t = useAccountTexts();
    const [gender, setGender] = useState(me.gender);
    const [language, setLanguage] = useState(me.language ?? undefined);
    const form = useForm({ nickname: me.nickname }, (values) => ({
        nickname: kRules.nickname(values.nickname) ? undefined : t('nickname_problem'),
    }));
    const send = form.submit(async ({ nickname }) => {
        const body = { nickname: nickname.trim(), gender, language };
        await ask(api.PATCH('/api/v1/me', { body }));
        await refreshMe();
        notify({ text: t('saved') });
    });
    return (
        <form
            className="card stack"
            aria-labelledby="profile"
            noValidate
            onSubmit={(event) => void send(event)}
        >
            <h2 id="profile">{t('profile')}</h2>
            {form.failure !== null && <Problem error={form.failure} />}
            <Field
                {...form.bind('nickname')}
                label={t('nickname')}
                hint={t('nickname_hint')}
                autoComplete="nickname"
                maxLength={64}
            />
            <Choices
                label={t('gender')}
                name="gender"
                options={kGenders.map((value) => ({ value, label: t(`gender_${value}`) }))}
                value={gender}
                onChoose={setGender}
            />
            <Choices
                label={t('mail_language')}
                name="language"
                options={[
                    { value: 'zh', label: '中文' },
                    { value: 'en', label: 'English' },
                ]}
                value={language}
                onChoose={setLanguage}
            />
            <div>
                <Button type="submit" busy={form.busy}>
                    {t('save')}
                </Button>
            </div>
        </form>
    );
}

function Choices({
    label,
    name,
    options,
    value,
    onChoose,
}: {
    label: string;
    name: string;
    options: { value: string; label: string }[];
    value: string | undefined;
    onChoose: (value: string) => void;
}) {
    return (
        <fieldset className="field choice">
            <legend className="strong">{label}</legend>
            <div className="row">
                {options.map((one) => (
                    <label key={one.value}>
                        <input
                            type="radio"
                            name={name}
                            checked={value === one.value}
                            onChange={() => onChoose(one.value)}
                        />
                        {one.label}
                    </label>
                ))}
            </div>
        </fieldset>
    );
}

function LogOut({ label }: { label: string }) {
    const navigate = useNavigate();
    const leave = async () => {
        navigate('/');
        await logOut().catch(() => {
            // The browser has forgotten the person; the login itself ends by its time.
        });
    };
    return (
        <div>
            <Button look="plain" onClick={() => void leave()}>
                {label}
            </Button>
        </div>
    );
}
