import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, ask } from '@/shared/api/client';
import { useSite } from '@/shared/api/site';
import { endSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { ContactFields, WayChoice, waysOf, type Way } from './contact';
import { useForm } from './form';
import { kRules } from './rules';
import { useAccountTexts } from './texts';
import './accounts.css';

export default function ForgotPage() {
    const t = useAccountTexts();
    const site = useSite();
    return (
        <div className="narrow">
            <PageHead title={t('forgot_title')}>
                <p className="muted">{t('forgot_text')}</p>
            </PageHead>
            <Loaded query={site}>
                {(data) => {
                    const ways = waysOf(data);
                    if (ways.length === 0)
                        return <p className="note warn">{t('forgot_unavailable')}</p>;
                    return <Form ways={ways} />;
                }}
            </Loaded>
        </div>
    );
}

function Form({ ways }: { ways: Way[] }) {
    const t = useAccountTexts();
    const navigate = useNavigate();
    const [way, setWay] = useState<Way>(ways[0] ?? 'mobile');
    const form = useForm({ mobile: '', email: '', code: '', password: '' }, (values) => ({
        [way]: kRules[way](values[way]) ? undefined : t(`${way}_problem`),
        code: kRules.code(values.code) ? undefined : t('code_problem'),
        password: kRules.password(values.password) ? undefined : t('password_problem'),
    }));
    const send = form.submit(async (values) => {
        const { code, password } = values;
        await ask(
            api.POST('/api/v1/passwords/reset', { body: { [way]: values[way], code, password } }),
        );
        endSession('wipe');
        notify({ text: t('reset_done') });
        navigate('/login', { replace: true });
    });
    return (
        <form className="card stack" noValidate onSubmit={(event) => void send(event)}>
            {form.failure !== null && <Problem error={form.failure} />}
            {ways.length > 1 && (
                <WayChoice ways={ways} way={way} choose={(next) => next && setWay(next)} />
            )}
            <ContactFields way={way} purpose="reset" bind={form.bind} onFailure={form.fail} />
            <Field
                {...form.bind('password')}
                label={t('new_password')}
                hint={t('password_hint')}
                type="password"
                autoComplete="new-password"
                maxLength={20}
            />
            <Button type="submit" wide busy={form.busy}>
                {t('reset')}
            </Button>
        </form>
    );
}
