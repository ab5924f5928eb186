// The cashier: a merchant's bill, opened by its signed link, and how it stands.
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router-dom';
import { isRefusal } from '@/shared/api/errors';
import { Skeleton } from '@/shared/ui/skeleton';
import { useServerTime } from '@/shared/time/use-server-time';
import { Problem } from '@/shared/ui/problem';
import type { Bill, BillLink } from '~/api/types';
import { webAddress } from '~/shared/address';
import { Appearing, useChanged } from '~/shared/appearing';
import { ask } from '~/shared/client';
import { Countdown } from '~/shared/countdown';
import { GoBack } from '~/shared/go-back';
import { Message } from '~/shared/message';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { useBankTexts } from '~/shared/texts';
import { billLinkOf } from './link';
import { Pay } from './pay';
import { stageOf, type Stage } from './stage';
import { useCashierTexts } from './texts';

const kAskAgainMs = 5000;
const kGoBackSeconds = 10;
// What the bank says of a link that is not, or not any more, as the merchant made it.
const kWrong = ['link_invalid', 'merchant_unknown', 'invalid_field'];

export default function CashierPage() {
    const link = billLinkOf(useSearchParams()[0]);
    return link ? <Opened link={link} /> : <WrongLink />;
}

function WrongLink() {
    const t = useCashierTexts();
    return <Message title={t('wrong_link')} text={t('wrong_link_text')} />;
}

// A bill that was opened for the first time when its time was over.
function TooLate() {
    const t = useCashierTexts();
    return <Message title={t('expired')} text={t('expired_text')} />;
}

function Opened({ link }: { link: BillLink }) {
    const t = useCashierTexts();
    const bill = useQuery({
        queryKey: ['bill', link.merchant, link.reference, link.signature],
        queryFn: () => ask<Bill>(null, 'POST', '/api/v1/cashier/bills', { body: link }),
        // It may be paid in another window, or closed by the merchant.
        refetchInterval: (query) => (query.state.data?.state === 'open' ? kAskAgainMs : false),
    });
    if (!bill.data && isRefusal(bill.error, ...kWrong)) return <WrongLink />;
    if (!bill.data && isRefusal(bill.error, 'expired')) return <TooLate />;
    return (
        <>
            <PageHead title={t('title')} />
            {bill.data && <Standing bill={bill.data} link={link} refetch={bill.refetch} />}
            {!bill.data && bill.isPending && !bill.error && <Skeleton height={200} count={2} />}
            {!bill.data && bill.error && (
                <Problem error={bill.error} retry={() => void bill.refetch()} />
            )}
        </>
    );
}

function Standing({ bill, link, refetch }: { bill: Bill; link: BillLink; refetch: () => unknown }) {
    const stage = stageOf(bill, useServerTime(Date.parse(bill.expires_at)));
    const fresh = useChanged(stage);
    return (
        <div className="stack">
            <BillCard bill={bill} stage={stage} />
            {stage === 'open' ? (
                <Pay bill={bill} link={link} refetch={refetch} />
            ) : (
                <Ended bill={bill} stage={stage} fresh={fresh} />
            )}
        </div>
    );
}

function BillCard({ bill, stage }: { bill: Bill; stage: Stage }) {
    const t = useCashierTexts();
    const words = useBankTexts();
    return (
        <section className="card stack" aria-label={t('bill')}>
            <p className="sum">
                <Money amount={bill.amount} currency={bill.currency} />
            </p>
            <dl className="facts">
                <dt>{words('merchant')}</dt>
                <dd>{bill.merchant}</dd>
                <dt>{words('order')}</dt>
                <dd>{bill.order}</dd>
                {bill.title !== '' && (
                    <>
                        <dt>{t('goods')}</dt>
                        <dd>{bill.title}</dd>
                    </>
                )}
                <dt>{words('reference')}</dt>
                <dd>{bill.reference}</dd>
            </dl>
            {stage === 'open' && <Countdown until={bill.expires_at} label={t('pay_within')} />}
        </section>
    );
}

const kLooks = { paid: 'good', given_up: 'warn', closed: 'warn', expired: 'warn' } as const;

function Ended({
    bill,
    stage,
    fresh,
}: {
    bill: Bill;
    stage: Exclude<Stage, 'open'>;
    fresh: boolean;
}) {
    const t = useCashierTexts();
    const words = useBankTexts();
    const back = webAddress(bill.return_to)?.href;
    return (
        <section className="card stack" aria-labelledby="ended">
            <div className={`note ${kLooks[stage]} stack tight`} role="status">
                <Appearing id="ended" fresh={fresh}>
                    {t(stage)}
                </Appearing>
                <p>{t(`${stage}_text`)}</p>
                {bill.transaction && (
                    <p>
                        {words('transaction')} <b>{bill.transaction}</b>
                    </p>
                )}
            </div>
            {back && stage === 'paid' && <GoBack to={back} after={kGoBackSeconds} />}
            {back && stage !== 'paid' && (
                <a className="button wide" href={back}>
                    {words('back_now')}
                </a>
            )}
        </section>
    );
}
