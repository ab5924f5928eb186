import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Webhook } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { When } from '@/shared/console/figures';
import { useOrganiserChoices } from '@/shared/console/organisers';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { Button } from '@/shared/ui/button';
import { CopyButton } from '@/shared/ui/copy-button';
import { Dialog } from '@/shared/ui/dialog';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useEventName } from './events';
import { HookForm, type HookValues } from './hook-form';
import { useWebhookTexts } from './texts';

export default function Webhooks() {
    const t = useWebhookTexts();
    const [adding, setAdding] = useState(false);
    const [secret, setSecret] = useState('');
    const query = useQuery({
        queryKey: [kConsoleKey, 'webhooks'],
        queryFn: () => ask(staffApi.GET('/api/v1/webhooks')),
    });
    const add = useChange({
        run: (values: HookValues) => ask(staffApi.POST('/api/v1/webhooks', { body: values })),
        done: () => t('added'),
        then: (hook) => {
            setAdding(false);
            setSecret(hook.secret ?? '');
        },
    });
    usePageTitle(t('webhooks'));
    return (
        <>
            <div className="page-head with-actions">
                <h1>{t('webhooks')}</h1>
                <Button
                    onClick={() => {
                        add.reset();
                        setAdding(true);
                    }}
                >
                    {t('add')}
                </Button>
            </div>
            <p className="muted">{t('about')}</p>
            <Loaded query={query} height={56}>
                {({ webhooks }) =>
                    webhooks.length === 0 ? <Empty text={t('none')} /> : <Rows rows={webhooks} />
                }
            </Loaded>
            <EditDrawer title={t('add')} open={adding} onClose={() => setAdding(false)}>
                <HookForm
                    error={add.error}
                    busy={add.isPending}
                    submit={t('add')}
                    onSubmit={(values) => add.mutate(values)}
                    onCancel={() => setAdding(false)}
                />
            </EditDrawer>
            <Dialog title={t('secret')} open={secret !== ''} onClose={() => setSecret('')}>
                <p className="note warn">{t('secret_text')}</p>
                <p className="secret">{secret}</p>
                <div className="row">
                    <CopyButton text={secret} label={t('copy_secret')} />
                    <Button onClick={() => setSecret('')}>{t('understood')}</Button>
                </div>
            </Dialog>
        </>
    );
}

function Rows({ rows }: { rows: Webhook[] }) {
    const t = useWebhookTexts();
    const console = useConsoleTexts();
    const eventName = useEventName();
    const organisers = useOrganiserChoices();
    return (
        <DataTable<Webhook>
            caption={t('webhooks')}
            rows={rows}
            rowKey={(one) => one.id}
            columns={[
                {
                    title: t('url'),
                    cell: (one) => <Link to={`/console/webhooks/${one.id}`}>{one.url}</Link>,
                },
                {
                    title: console('organiser'),
                    cell: (one) =>
                        organisers.find(({ value }) => value === one.organiser)?.label ??
                        one.organiser,
                },
                { title: t('events'), cell: (one) => one.events.map(eventName).join(', ') },
                { title: t('created_at'), cell: (one) => <When time={one.created_at} /> },
                { title: t('state'), cell: (one) => <StateTag state={one.state} /> },
            ]}
        />
    );
}
