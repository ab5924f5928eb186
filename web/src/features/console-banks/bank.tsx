// One bank: what it can do now, its keys, its instances, and what an administrator may do with it.
import { useState } from 'react';
import type { BankDone, BankInstance, StaffBank } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { Confirm } from '@/shared/console/confirm';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { useNumber, When } from '@/shared/console/figures';
import { useConsoleTexts } from '@/shared/console/texts';
import { textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { Button } from '@/shared/ui/button';
import { Problem } from '@/shared/ui/problem';
import { BankForm, type BankValues } from './bank-form';
import { RotateKeys } from './rotate-keys';
import { useBankTexts } from './texts';

const kWays = { token: 'way_token', cashier: 'way_cashier' } as const;

function useWays(): (ways: string[]) => string {
    const t = useBankTexts();
    return (ways) =>
        ways.map((way) => (way in kWays ? t(kWays[way as keyof typeof kWays]) : way)).join(' · ') ||
        '–';
}

export function Bank({ bank, onKeys }: { bank: StaffBank; onKeys: (done: BankDone) => void }) {
    const t = useBankTexts();
    const text = useServerText();
    const ways = useWays();
    const state = !bank.enabled ? 'disabled' : bank.usable ? 'usable' : 'out';
    const looks = { usable: 'good', out: 'bad', disabled: '' };
    const title = `bank-${bank.bank}`;
    return (
        <section className="card stack" aria-labelledby={title}>
            <div className="head-line">
                <h2 id={title}>
                    {bank.bank} · {text(bank.name)}
                </h2>
                <span className={`tag ${looks[state]}`}>{t(state)}</span>
            </div>
            <dl className="facts">
                <dt>{t('ways')}</dt>
                <dd>{ways(bank.ways)}</dd>
                <dt>{t('keys')}</dt>
                <dd>
                    {bank.keys.map((key) => (
                        <div key={key.generation}>
                            {t('made_at', { generation: t('generation', { ...key }) })}{' '}
                            <When time={key.created_at} />
                            {key.retired_at && (
                                <>
                                    {' · '}
                                    {t('good_until')} <When time={key.retired_at} />
                                </>
                            )}
                        </div>
                    ))}
                </dd>
            </dl>
            <Actions bank={bank} onKeys={onKeys} />
            {bank.instances.length === 0 ? (
                bank.enabled && <p className="muted">{t('no_instances')}</p>
            ) : (
                <Instances bank={bank} />
            )}
        </section>
    );
}

function InstanceTag({ instance }: { instance: BankInstance }) {
    const t = useBankTexts();
    if (!instance.serving) return <span className="tag">{t('stopped')}</span>;
    if (!instance.live) return <span className="tag bad">{t('lost')}</span>;
    if (instance.breaker === 'open') return <span className="tag bad">{t('breaker_open')}</span>;
    if (instance.breaker === 'half_open')
        return <span className="tag warn">{t('breaker_half_open')}</span>;
    return <span className="tag good">{t('in_use')}</span>;
}

function Instances({ bank }: { bank: StaffBank }) {
    const t = useBankTexts();
    const number = useNumber();
    const kMillisecond = 1000;
    return (
        <DataTable<BankInstance>
            caption={t('instances')}
            rows={bank.instances}
            rowKey={(one) => one.instance}
            columns={[
                { title: t('instance'), cell: (one) => <span lang="en">{one.instance}</span> },
                { title: t('address'), cell: (one) => <span lang="en">{one.url}</span> },
                { title: t('state'), cell: (one) => <InstanceTag instance={one} /> },
                {
                    title: t('beat_at'),
                    cell: (one) =>
                        t('seconds_ago', { seconds: (one.beat_age_ms / kMillisecond).toFixed(1) }),
                    numeric: true,
                },
                {
                    title: t('calls'),
                    cell: (one) => `${number(one.calls)} / ${number(one.failures)}`,
                    numeric: true,
                },
                {
                    title: t('latency'),
                    cell: (one) =>
                        one.latency_us === 0
                            ? '–'
                            : t('milliseconds', {
                                  ms: (one.latency_us / kMillisecond).toFixed(1),
                              }),
                    numeric: true,
                },
                {
                    title: t('uses_keys'),
                    cell: (one) => t('generation', { generation: one.key_generation }),
                },
            ]}
        />
    );
}

function Actions({ bank, onKeys }: { bank: StaffBank; onKeys: (done: BankDone) => void }) {
    const t = useBankTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const [asked, setAsked] = useState<'edit' | 'disable' | 'rotate' | null>(null);
    const close = () => setAsked(null);
    const put = (name: BankValues['name'], enabled: boolean) =>
        ask(
            staffApi.PUT('/api/v1/staff/banks/{bank}', {
                params: { path: { bank: bank.bank } },
                body: { name: textValue(name), enabled },
            }),
        );
    const save = useChange({
        run: ({ name }: BankValues) => put(name, bank.enabled),
        done: (_, { name }) => t('saved', { name: text(name) }),
        then: close,
    });
    const turn = useChange<void>({
        run: () => put(bank.name, !bank.enabled),
        done: () => t(bank.enabled ? 'disabled_done' : 'enabled_done', { name: text(bank.name) }),
        then: close,
    });
    const label = (action: string) => `${action}: ${text(bank.name)}`;
    return (
        <>
            <div className="row">
                <Button
                    look="plain"
                    aria-label={label(t('edit'))}
                    onClick={() => {
                        save.reset();
                        setAsked('edit');
                    }}
                >
                    {t('edit')}
                </Button>
                <Button
                    look="plain"
                    aria-label={label(t('rotate'))}
                    onClick={() => setAsked('rotate')}
                >
                    {t('rotate')}
                </Button>
                {bank.enabled ? (
                    <Button
                        look="danger"
                        aria-label={label(t('disable'))}
                        onClick={() => setAsked('disable')}
                    >
                        {t('disable')}
                    </Button>
                ) : (
                    <Button
                        aria-label={label(t('enable'))}
                        busy={turn.isPending}
                        onClick={() => turn.mutate()}
                    >
                        {t('enable')}
                    </Button>
                )}
            </div>
            {turn.error && asked !== 'disable' && <Problem error={turn.error} />}
            <EditDrawer title={t('edit')} open={asked === 'edit'} onClose={close}>
                <BankForm
                    known={bank}
                    error={save.error}
                    busy={save.isPending}
                    submit={console('save')}
                    onSubmit={(values) => save.mutate(values)}
                    onCancel={close}
                />
            </EditDrawer>
            <Confirm
                title={label(t('disable'))}
                open={asked === 'disable'}
                text={t('disable_text')}
                action={t('disable')}
                busy={turn.isPending}
                error={turn.error}
                onConfirm={() => turn.mutate()}
                onClose={close}
            />
            <RotateKeys bank={bank} open={asked === 'rotate'} onClose={close} onKeys={onKeys} />
        </>
    );
}
