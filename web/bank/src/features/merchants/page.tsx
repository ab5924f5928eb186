// The companies whose bills this bank pays, whether they hear us, and the messages that wait for
// them.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { ChoiceField } from '@/shared/console/search-field';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { kCallbackStates, type Callback, type MerchantState, type Page } from '~/api/types';
import { webAddress } from '~/shared/address';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { useMerchantTexts } from './texts';

const kPerPage = 25;
const kAskAgainMs = 5000;
const kHeartbeats = { accepted: 'good', refused: 'bad', unreachable: 'warn', none: '' } as const;
const kLooks = { waiting: 'warn', acknowledged: 'good', given_up: 'bad', lost: 'bad' } as const;

export default function MerchantsPage() {
    const t = useMerchantTexts();
    const query = useQuery({
        queryKey: ['teller', 'merchants'],
        queryFn: () => ask<Page<MerchantState>>('teller', 'GET', '/api/v1/teller/merchants'),
        refetchInterval: kAskAgainMs,
    });
    return (
        <>
            <PageHead title={t('merchants')} />
            <div className="stack loose">
                <Loaded query={query}>
                    {({ items }) =>
                        items.length === 0 ? <Empty text={t('none')} /> : <Merchants rows={items} />
                    }
                </Loaded>
                <Callbacks />
            </div>
        </>
    );
}

function Merchants({ rows }: { rows: MerchantState[] }) {
    const t = useMerchantTexts();
    const words = useBankTexts();
    return (
        <DataTable<MerchantState>
            caption={t('merchants')}
            rows={rows}
            rowKey={(one) => one.merchant}
            columns={[
                { title: words('merchant'), cell: (one) => one.merchant },
                { title: t('site'), cell: (one) => <Site address={one.site} /> },
                { title: t('heartbeat'), cell: (one) => <Heartbeat word={one.heartbeat} /> },
                {
                    title: t('balance'),
                    cell: (one) => <Money amount={one.balance} />,
                    numeric: true,
                },
                { title: t('waiting'), cell: (one) => one.callbacks_waiting, numeric: true },
                {
                    title: t('keys'),
                    cell: (one) => (
                        <span className="mono small">
                            {t('to_bank')} {one.to_bank_keys.join(', ') || '–'}
                            <br />
                            {t('to_site')} {one.to_site_keys.join(', ') || '–'}
                        </span>
                    ),
                },
            ]}
        />
    );
}

function Site({ address }: { address: string }) {
    const site = webAddress(address);
    return site ? <a href={site.href}>{address}</a> : <>{address}</>;
}

function Heartbeat({ word }: { word: string }) {
    const t = useMerchantTexts();
    if (!(word in kHeartbeats)) return <span className="tag">{word}</span>;
    const known = word as keyof typeof kHeartbeats;
    return <span className={`tag ${kHeartbeats[known]}`}>{t(`heartbeat_${known}`)}</span>;
}

function Callbacks() {
    const t = useMerchantTexts();
    const words = useBankTexts();
    const filters = useFilters('state');
    const { state } = filters.values;
    const query = useQuery({
        queryKey: ['teller', 'callbacks', state, filters.page],
        queryFn: () =>
            ask<Page<Callback>>('teller', 'GET', '/api/v1/teller/callbacks', {
                query: { state, before: filters.page, max: kPerPage },
            }),
        placeholderData: keepPreviousData,
        refetchInterval: kAskAgainMs,
    });
    const states = kCallbackStates.map((one) => ({ value: one, label: t(`state_${one}`) }));
    return (
        <section className="stack" aria-labelledby="callbacks">
            <div>
                <h2 id="callbacks">{t('callbacks')}</h2>
                <p className="muted">{t('callbacks_what')}</p>
            </div>
            <div className="filters">
                <ChoiceField
                    label={words('state')}
                    value={state}
                    choices={[{ value: '', label: words('all') }, ...states]}
                    onChoose={(chosen) => filters.set({ state: chosen })}
                />
            </div>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('no_callbacks')} />}
            >
                {(rows) => <CallbackRows rows={rows} />}
            </PagedList>
        </section>
    );
}

function CallbackRows({ rows }: { rows: Callback[] }) {
    const t = useMerchantTexts();
    const words = useBankTexts();
    const again = useChange<Callback, Callback>({
        who: 'teller',
        run: (one) => ask('teller', 'POST', `/api/v1/teller/callbacks/${one.event}/send`),
        done: (_, one) => t('sent', { event: one.event }),
    });
    return (
        <>
            {again.error && <Problem error={again.error} />}
            <DataTable<Callback>
                caption={t('callbacks')}
                rows={rows}
                rowKey={(one) => one.event}
                columns={[
                    { title: t('event'), cell: (one) => one.event },
                    { title: words('merchant'), cell: (one) => one.merchant },
                    {
                        title: words('reference'),
                        cell: (one) => <Free>{one.refund || one.reference}</Free>,
                    },
                    { title: t('status'), cell: (one) => `${one.kind} · ${one.status}` },
                    {
                        title: words('state'),
                        cell: (one) => (
                            <span className={`tag ${kLooks[one.state]}`}>
                                {t(`state_${one.state}`)}
                            </span>
                        ),
                    },
                    { title: t('tries'), cell: (one) => one.tries, numeric: true },
                    { title: words('at'), cell: (one) => <When time={one.created_at} /> },
                    {
                        title: t('next'),
                        cell: (one) =>
                            one.state === 'waiting' ? <When time={one.next_at} /> : null,
                    },
                    {
                        title: words('actions'),
                        cell: (one) => (
                            <Button
                                look="plain"
                                busy={again.isPending}
                                aria-label={t('send_of', { event: one.event })}
                                onClick={() => again.mutate(one)}
                            >
                                {t('send')}
                            </Button>
                        ),
                    },
                ]}
            />
        </>
    );
}
