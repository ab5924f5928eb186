// The person's own statement at a bank, given by the bank with their consent.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router-dom';
import type { Bill } from '@/api/money';
import { api, ask } from '@/shared/api/client';
import { kPrivateKey } from '@/shared/api/query';
import { isRefusal } from '@/shared/api/errors';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { Amount } from '@/shared/money/amount';
import { bankPage, useBanks, type Bank } from '@/shared/money/banks';
import { takeGrant } from '@/shared/money/grant';
import { onSessionEnd, useSession } from '@/shared/session/session';
import { formatDateTime } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Field } from '@/shared/ui/field';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { forgetConsents, keepConsent, keptConsent } from './consent';
import { usePaymentTexts } from './texts';
import './payments.css';

onSessionEnd(forgetConsents);

export default function BillsPage() {
    const t = usePaymentTexts();
    const query = useBanks();
    return (
        <>
            <PageHead title={t('bills')}>
                <p className="muted">{t('bills_text')}</p>
            </PageHead>
            <Loaded query={query}>
                {(banks) =>
                    banks.length === 0 ? (
                        <Empty text={t('banks_none')} />
                    ) : (
                        <OfBanks banks={banks} />
                    )
                }
            </Loaded>
        </>
    );
}

function OfBanks({ banks }: { banks: Bank[] }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const person = useSession()?.person ?? 0;
    const { pathname } = useLocation();
    const [chosen, setChosen] = useState(banks.find((one) => one.usable)?.bank ?? banks[0]?.bank);
    const [consent, setConsent] = useState(() => keptConsent(person, chosen ?? 0));
    const bank = banks.find((one) => one.bank === chosen) ?? banks[0];
    const choose = (next: number) => {
        setChosen(next);
        setConsent(keptConsent(person, next));
    };
    const give = (to: number, token: string) => {
        keepConsent(person, to, token);
        setChosen(to);
        setConsent(token);
    };
    useEffect(() => {
        const timer = setTimeout(() => {
            const grant = takeGrant(pathname);
            if (!grant) return;
            const to = grant.bank ?? chosen;
            if (to === undefined) return;
            keepConsent(person, to, grant.token);
            setChosen(to);
            setConsent(grant.token);
        }, 0);
        return () => clearTimeout(timer);
    }, [pathname, person, chosen]);
    if (!bank) return null;
    return (
        <div className="stack">
            <div className="field">
                <label htmlFor="bank">{t('bills_bank')}</label>
                <select
                    id="bank"
                    value={bank.bank}
                    onChange={(event) => choose(Number(event.target.value))}
                >
                    {banks.map((one) => (
                        <option key={one.bank} value={one.bank} disabled={!one.usable}>
                            {text(one.name)}
                            {!one.usable && ` (${t('bank_away')})`}
                        </option>
                    ))}
                </select>
            </div>
            {consent === '' ? (
                <Consent bank={bank} onGiven={(token) => give(bank.bank, token)} />
            ) : (
                <Bills
                    key={bank.bank}
                    bank={bank.bank}
                    consent={consent}
                    onForget={() => {
                        forgetConsents();
                        setConsent('');
                    }}
                />
            )}
        </div>
    );
}

function Consent({ bank, onGiven }: { bank: Bank; onGiven: (token: string) => void }) {
    const t = usePaymentTexts();
    const [token, setToken] = useState('');
    const page = bankPage(bank, '/consents', {
        return: `${window.location.origin}/me/bank-bills`,
    });
    return (
        <form
            className="card stack"
            onSubmit={(event) => {
                event.preventDefault();
                if (token.trim() !== '') onGiven(token.trim());
            }}
        >
            <p>{t('bills_why')}</p>
            {page && (
                <div>
                    <a className="button" href={page} target="_blank" rel="noopener noreferrer">
                        {t('consent_page')}
                    </a>
                </div>
            )}
            <Field
                label={t('consent')}
                hint={t('consent_hint')}
                value={token}
                autoComplete="off"
                spellCheck={false}
                maxLength={4096}
                onChange={(event) => setToken(event.target.value)}
            />
            <div>
                <Button type="submit" look="plain" disabled={token.trim() === ''}>
                    {t('show_bills')}
                </Button>
            </div>
        </form>
    );
}

function Bills({
    bank,
    consent,
    onForget,
}: {
    bank: number;
    consent: string;
    onForget: () => void;
}) {
    const t = usePaymentTexts();
    const query = useInfiniteQuery({
        // The consent itself is no part of the key: keys are shown by tools for developers.
        queryKey: [kPrivateKey, 'bills', bank],
        queryFn: ({ pageParam }) =>
            ask(
                api.POST('/api/v1/me/bank-bills', {
                    body: { bank, consent, ...(pageParam && { before: pageParam }) },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
        gcTime: 0,
    });
    const useless = isRefusal(query.error, 'consent_invalid', 'consent_of_other');
    return (
        <>
            {useless ? (
                <Problem error={query.error} />
            ) : (
                <Loaded query={query}>
                    {(data) => <Rows rows={data.pages.flatMap((page) => page.items)} />}
                </Loaded>
            )}
            <div className="row">
                {query.hasNextPage && (
                    <Button
                        look="plain"
                        busy={query.isFetchingNextPage}
                        onClick={() => void query.fetchNextPage()}
                    >
                        {t('more')}
                    </Button>
                )}
                <Button look={useless ? 'plain' : 'link'} onClick={onForget}>
                    {useless ? t('another_consent') : t('forget')}
                </Button>
            </div>
        </>
    );
}

function Rows({ rows }: { rows: Bill[] }) {
    const t = usePaymentTexts();
    if (rows.length === 0) return <Empty text={t('bills_none')} />;
    return (
        <ul className="stack plain-list" aria-label={t('bills')}>
            {rows.map((one) => (
                <li key={`${one.kind} ${one.transaction}`} className="card stack tight">
                    <Line bill={one} />
                </li>
            ))}
        </ul>
    );
}

function Line({ bill }: { bill: Bill }) {
    const t = usePaymentTexts();
    const language = useLanguage();
    const refund = bill.kind === 'refund';
    return (
        <>
            <div className="row apart">
                <span className="strong">
                    <Amount amount={bill.amount} currency={bill.currency} />
                </span>
                <span className={`tag ${refund ? 'good' : ''}`}>
                    {refund ? t('kind_refund') : t('kind_payment')}
                </span>
            </div>
            <div className="row apart muted small">
                <span className="number">{t('bill_transaction', { id: bill.transaction })}</span>
                <span>{formatDateTime(bill.at, language)}</span>
            </div>
            {bill.order && (
                <div>
                    <Link to={`/orders/${bill.order}`}>{t('bill_order', { id: bill.order })}</Link>
                </div>
            )}
        </>
    );
}
