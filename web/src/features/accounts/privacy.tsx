import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { api, ask } from '@/shared/api/client';
import { endSession } from '@/shared/session/session';
import { Button } from '@/shared/ui/button';
import { Dialog } from '@/shared/ui/dialog';
import { Field } from '@/shared/ui/field';
import { notify } from '@/shared/ui/notices';
import { PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { useForm } from './form';
import { useAccountTexts } from './texts';

export default function PrivacyPage() {
    const t = useAccountTexts();
    return (
        <div className="stack">
            <p>
                <Link to="/me">{t('me')}</Link>
            </p>
            <PageHead title={t('privacy')} />
            <Export />
            <Delete />
        </div>
    );
}

function Export() {
    const t = useAccountTexts();
    const download = useMutation({
        mutationFn: () => ask(api.GET('/api/v1/me/export')),
        onSuccess: (data) => {
            save('onsale-my-data.json', JSON.stringify(data, null, 2));
            notify({ text: t('export_done') });
        },
    });
    return (
        <section className="card stack" aria-labelledby="export">
            <h2 id="export">{t('export')}</h2>
            <p>{t('export_text')}</p>
            {download.error && <Problem error={download.error} />}
            <div>
                <Button look="plain" busy={download.isPending} onClick={() => download.mutate()}>
                    {t('export_button')}
                </Button>
            </div>
        </section>
    );
}

function save(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

function Delete() {
    const t = useAccountTexts();
    const [asking, setAsking] = useState(false);
    return (
        <section className="card stack" aria-labelledby="delete">
            <h2 id="delete">{t('delete')}</h2>
            <p>{t('delete_text')}</p>
            <div>
                <Button look="danger" onClick={() => setAsking(true)}>
                    {t('delete_button')}
                </Button>
            </div>
            <Dialog title={t('delete_title')} open={asking} onClose={() => setAsking(false)}>
                <DeleteForm close={() => setAsking(false)} />
            </Dialog>
        </section>
    );
}

function DeleteForm({ close }: { close: () => void }) {
    const t = useAccountTexts();
    const navigate = useNavigate();
    const form = useForm({ password: '' }, (values) => ({
        password: values.password ? undefined : t('password_missing'),
    }));
    const send = form.submit(async ({ password }) => {
        await ask(api.DELETE('/api/v1/me', { body: { password } }));
        notify({ text: t('deleted') });
        navigate('/', { replace: true });
        endSession('wipe');
    });
    return (
        <form className="stack" noValidate onSubmit={(event) => void send(event)}>
            {form.failure !== null && <Problem error={form.failure} />}
            <Field
                {...form.bind('password')}
                label={t('password')}
                type="password"
                autoComplete="current-password"
                maxLength={64}
            />
            <div className="row">
                <Button type="submit" look="danger" busy={form.busy}>
                    {t('delete_confirm')}
                </Button>
                <Button look="plain" onClick={close}>
                    {t('cancel')}
                </Button>
            </div>
        </form>
    );
}
