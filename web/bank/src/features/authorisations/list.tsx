// What a customer has authorised: open ones can be revoked, and end by themselves.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '@/shared/console/confirm';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { useFilters } from '@/shared/console/filters';
import { PagedList } from '@/shared/console/paged-list';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import type { Authorisation, Page } from '~/api/types';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { Left, usePassed } from '~/shared/left';
import { Money, useMoneyText } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { Free } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { useAuthorisationTexts } from './texts';

const kPerPage = 20;
const kLooks = { open: 'good', used: 'accent', expired: '', closed: '', revoked: '' } as const;

export default function AuthorisationsPage() {
    const t = useAuthorisationTexts();
    const filters = useFilters();
    const [asked, setAsked] = useState<Authorisation | null>(null);
    const query = useQuery({
        queryKey: ['customer', 'authorisations', filters.page],
        queryFn: () =>
            ask<Page<Authorisation>>('customer', 'GET', '/api/v1/me/authorisations', {
                query: { before: filters.page, max: kPerPage },
            }),
        placeholderData: keepPreviousData,
    });
    return (
        <>
            <PageHead title={t('title')}>
                <p className="muted">{t('what')}</p>
            </PageHead>
            <PagedList
                query={query}
                filters={filters}
                rowsOf={(data) => data.items}
                empty={<Empty text={t('none')} />}
            >
                {(rows) => <Rows rows={rows} onRevoke={setAsked} />}
            </PagedList>
            <Revoke asked={asked} onClose={() => setAsked(null)} />
        </>
    );
}

function Rows({
    rows,
    onRevoke,
}: {
    rows: Authorisation[];
    onRevoke: (one: Authorisation) => void;
}) {
    const t = useAuthorisationTexts();
    const words = useBankTexts();
    return (
        <DataTable<Authorisation>
            caption={t('title')}
            rows={rows}
            rowKey={(one) => one.authorisation}
            columns={[
                { title: t('number'), cell: (one) => one.authorisation },
                { title: words('merchant'), cell: (one) => one.merchant },
                { title: words('order'), cell: (one) => <Free>{one.order}</Free> },
                {
                    title: words('amount'),
                    cell: (one) => <Money amount={one.amount} currency={one.currency} />,
                    numeric: true,
                },
                { title: words('granted_at'), cell: (one) => <When time={one.created_at} /> },
                { title: words('state'), cell: (one) => <State one={one} /> },
                {
                    title: words('actions'),
                    cell: (one) => <RevokeButton one={one} onRevoke={onRevoke} />,
                },
            ]}
        />
    );
}

// The bank ends an authorisation at its time; until it has said so, the page knows it by the clock.
function State({ one }: { one: Authorisation }) {
    const t = useAuthorisationTexts();
    const passed = usePassed(one.expires_at);
    const state = one.state === 'open' && passed ? 'expired' : one.state;
    return (
        <span className="row">
            <span className={`tag ${kLooks[state]}`}>{t(`state_${state}`)}</span>
            {state === 'open' && <Left until={one.expires_at} />}
        </span>
    );
}

function RevokeButton({
    one,
    onRevoke,
}: {
    one: Authorisation;
    onRevoke: (one: Authorisation) => void;
}) {
    const t = useAuthorisationTexts();
    const passed = usePassed(one.expires_at);
    if (one.state !== 'open' || passed) return null;
    return (
        <Button
            look="danger"
            aria-label={t('revoke_of', { order: one.order })}
            onClick={() => onRevoke(one)}
        >
            {t('revoke')}
        </Button>
    );
}

function Revoke({ asked, onClose }: { asked: Authorisation | null; onClose: () => void }) {
    const t = useAuthorisationTexts();
    const money = useMoneyText(asked?.currency);
    const revoke = useChange<Authorisation, Authorisation>({
        who: 'customer',
        run: (one) => ask('customer', 'DELETE', `/api/v1/me/authorisations/${one.authorisation}`),
        done: () => t('revoked'),
        then: onClose,
    });
    return (
        <Confirm
            title={t('revoke_title')}
            open={asked !== null}
            text={t('revoke_text', {
                order: asked?.order ?? '',
                merchant: asked?.merchant ?? '',
                amount: money(asked?.amount ?? 0),
            })}
            action={t('revoke')}
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => asked && revoke.mutate(asked)}
            onClose={onClose}
        />
    );
}
