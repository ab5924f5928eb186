// Consents: a merchant may look at what this customer paid there, for 30 days, as long as the
// consent is not revoked.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Confirm } from '@/shared/console/confirm';
import { DataTable } from '@/shared/console/data-table';
import { When } from '@/shared/console/figures';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Field } from '@/shared/ui/field';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import type { Consent, Consented, Page } from '~/api/types';
import { isAtSite } from '~/shared/address';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { useMerchant } from '~/shared/merchant';
import { PageHead } from '~/shared/page';
import { Secret } from '~/shared/secret';
import { useBankTexts } from '~/shared/texts';
import { useConsentTexts } from './texts';

const kLooks = { open: 'good', expired: '', revoked: '' } as const;

export default function ConsentsPage() {
    const t = useConsentTexts();
    const [asked, setAsked] = useState<Consent | null>(null);
    const query = useQuery({
        queryKey: ['customer', 'consents'],
        queryFn: () => ask<Page<Consent>>('customer', 'GET', '/api/v1/me/consents'),
    });
    return (
        <>
            <PageHead title={t('title')}>
                <p className="muted">{t('what')}</p>
            </PageHead>
            <div className="stack loose">
                <NewConsent />
                <Loaded query={query}>
                    {({ items }) =>
                        items.length === 0 ? (
                            <Empty text={t('none')} />
                        ) : (
                            <Rows rows={items} onRevoke={setAsked} />
                        )
                    }
                </Loaded>
            </div>
            <Revoke asked={asked} onClose={() => setAsked(null)} />
        </>
    );
}

function NewConsent() {
    const t = useConsentTexts();
    const [search] = useSearchParams();
    const [merchant, setMerchant] = useState(search.get('merchant') ?? '');
    const [given, setGiven] = useState<Consented | null>(null);
    const grant = useChange<void, Consented>({
        who: 'customer',
        run: () =>
            ask('customer', 'POST', '/api/v1/me/consents', { body: { merchant: merchant.trim() } }),
        then: setGiven,
    });
    return (
        <section className="card stack" aria-labelledby="new">
            <h2 id="new">{t('new')}</h2>
            <form
                className="stack"
                onSubmit={(event) => {
                    event.preventDefault();
                    if (!grant.isPending) grant.mutate();
                }}
            >
                <Field
                    label={t('merchant')}
                    hint={t('merchant_hint')}
                    value={merchant}
                    autoCapitalize="none"
                    autoComplete="off"
                    required
                    maxLength={64}
                    onChange={(event) => setMerchant(event.target.value)}
                    beside={
                        <Button type="submit" busy={grant.isPending}>
                            {t('grant')}
                        </Button>
                    }
                />
            </form>
            {grant.error && <Problem error={grant.error} />}
            {given && (
                <div className="note good stack">
                    <p className="strong" role="status">
                        {t('granted', { merchant: given.consent.merchant })}
                    </p>
                    <Secret
                        title={t('token')}
                        hint={t('token_hint')}
                        copy={t('copy_token')}
                        text={given.token}
                    />
                    <WayBack merchant={given.consent.merchant} to={search.get('return')} />
                </div>
            )}
        </section>
    );
}

// To the page of the merchant that sent the customer here, if it lies on that merchant's site.
function WayBack({ merchant, to }: { merchant: string; to: string | null }) {
    const words = useBankTexts();
    const known = useMerchant(merchant);
    if (to === null || !isAtSite(to, known.data?.site ?? '')) return null;
    return (
        <a className="button" href={to}>
            {words('back_now')}
        </a>
    );
}

function Rows({ rows, onRevoke }: { rows: Consent[]; onRevoke: (one: Consent) => void }) {
    const t = useConsentTexts();
    const words = useBankTexts();
    return (
        <DataTable<Consent>
            caption={t('title')}
            rows={rows}
            rowKey={(one) => one.consent}
            columns={[
                { title: words('merchant'), cell: (one) => one.merchant },
                {
                    title: words('state'),
                    cell: (one) => (
                        <span className={`tag ${kLooks[one.state]}`}>
                            {t(`state_${one.state}`)}
                        </span>
                    ),
                },
                { title: words('granted_at'), cell: (one) => <When time={one.created_at} /> },
                { title: words('expires'), cell: (one) => <When time={one.expires_at} /> },
                {
                    title: words('actions'),
                    cell: (one) =>
                        one.state === 'open' && (
                            <Button
                                look="danger"
                                aria-label={t('revoke_of', {
                                    merchant: one.merchant,
                                    number: one.consent,
                                })}
                                onClick={() => onRevoke(one)}
                            >
                                {t('revoke')}
                            </Button>
                        ),
                },
            ]}
        />
    );
}

function Revoke({ asked, onClose }: { asked: Consent | null; onClose: () => void }) {
    const t = useConsentTexts();
    const revoke = useChange<Consent, Consent>({
        who: 'customer',
        run: (one) => ask('customer', 'DELETE', `/api/v1/me/consents/${one.consent}`),
        done: () => t('revoked'),
        then: onClose,
    });
    return (
        <Confirm
            title={t('revoke_title')}
            open={asked !== null}
            text={t('revoke_text', { merchant: asked?.merchant ?? '' })}
            action={t('revoke')}
            busy={revoke.isPending}
            error={revoke.error}
            onConfirm={() => asked && revoke.mutate(asked)}
            onClose={onClose}
        />
    );
}
