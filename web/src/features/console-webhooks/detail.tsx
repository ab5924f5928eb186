import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { CallReport, Webhook } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { kConsoleKey } from '@/shared/console/session';
import { StateTag } from '@/shared/console/state-tag';
import { useConsoleTexts } from '@/shared/console/texts';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Deliveries } from './deliveries';
import { useEventName } from './events';
import { HookForm, type HookValues } from './hook-form';
import { useWebhookTexts } from './texts';

export default function WebhookPage() {
    const t = useWebhookTexts();
    const webhook = Number(useParams().webhook);
    const query = useQuery({
        queryKey: [kConsoleKey, 'webhooks'],
        queryFn: () => ask(staffApi.GET('/api/v1/webhooks')),
    });
    usePageTitle(t('webhooks'));
    return (
        <Loaded query={query}>
            {({ webhooks }) => {
                const hook = webhooks.find((one) => one.id === webhook);
                return hook ? <Hook hook={hook} /> : <Empty text={t('none')} />;
            }}
        </Loaded>
    );
}

function Hook({ hook }: { hook: Webhook }) {
    const t = useWebhookTexts();
    const eventName = useEventName();
    return (
        <div className="stack loose">
            <div className="stack tight">
                <div className="head-line">
                    <h1 className="pre">{hook.url}</h1>
                    <StateTag state={hook.state} />
                </div>
                <p className="muted">{hook.events.map(eventName).join(', ')}</p>
                {hook.state === 'failing' && <p className="note bad">{t('failing')}</p>}
            </div>
            <Actions hook={hook} />
            <Deliveries hook={hook} />
        </div>
    );
}

function Actions({ hook }: { hook: Webhook }) {
    const t = useWebhookTexts();
    const console = useConsoleTexts();
    const navigate = useNavigate();
    const [asked, setAsked] = useState<'edit' | 'remove' | null>(null);
    const close = () => setAsked(null);
    const path = { webhook: hook.id };
    const test = useChange<void, CallReport>({
        run: () => ask(staffApi.POST('/api/v1/webhooks/{webhook}/test', { params: { path } })),
    });
    const turn = useChange<void>({
        run: () =>
            ask(
                staffApi.PATCH('/api/v1/webhooks/{webhook}', {
                    params: { path },
                    body: { on: hook.state !== 'on' },
                }),
            ),
        done: () => (hook.state === 'on' ? t('turned_off') : t('turned_on')),
    });
    const save = useChange({
        run: ({ url, events }: HookValues) =>
            ask(
                staffApi.PATCH('/api/v1/webhooks/{webhook}', {
                    params: { path },
                    body: { url, events },
                }),
            ),
        done: () => t('saved'),
        then: close,
    });
    const remove = useChange<void>({
        run: () => ask(staffApi.DELETE('/api/v1/webhooks/{webhook}', { params: { path } })),
        done: () => t('removed'),
        then: () => navigate('/console/webhooks'),
    });
    return (
        <div className="stack">
            <div className="row">
                <Button busy={test.isPending} onClick={() => test.mutate()}>
                    {t('test')}
                </Button>
                <Button
                    look="plain"
                    onClick={() => {
                        save.reset();
                        setAsked('edit');
                    }}
                >
                    {t('edit')}
                </Button>
                <Button look="plain" busy={turn.isPending} onClick={() => turn.mutate()}>
                    {hook.state === 'on' ? t('turn_off') : t('turn_on')}
                </Button>
                <Button look="danger" onClick={() => setAsked('remove')}>
                    {t('remove')}
                </Button>
            </div>
            <div role="status">
                {test.data && (
                    <p className={`note ${test.data.error ? 'bad' : 'good'}`}>
                        {t(test.data.error ? 'test_bad' : 'test_ok', { ...test.data })}
                    </p>
                )}
            </div>
            {test.error && <Problem error={test.error} />}
            {turn.error && <Problem error={turn.error} />}
            <EditDrawer title={t('edit')} open={asked === 'edit'} onClose={close}>
                <HookForm
                    known={hook}
                    error={save.error}
                    busy={save.isPending}
                    submit={console('save')}
                    onSubmit={(values) => save.mutate(values)}
                    onCancel={close}
                />
            </EditDrawer>
            <Confirm
                title={t('remove')}
                open={asked === 'remove'}
                text={t('remove_text')}
                action={t('remove')}
                busy={remove.isPending}
                error={remove.error}
                onConfirm={() => remove.mutate()}
                onClose={close}
            />
        </div>
    );
}
