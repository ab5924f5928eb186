// A merchant asks for an authorisation: the customer sees for what, logs in, grants it, and goes
// back with the token.
import { useSearchParams } from 'react-router-dom';
import { Loaded } from '@/shared/ui/page';
import type { Merchant } from '~/api/types';
import { useChanged } from '~/shared/appearing';
import { useBankName } from '~/shared/bank';
import { LoginForm } from '~/shared/login-form';
import { useMerchant } from '~/shared/merchant';
import { Message } from '~/shared/message';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { useLogin } from '~/shared/session';
import { useBankTexts } from '~/shared/texts';
import { Grant } from './grant';
import { useAuthoriseTexts } from './texts';
import { wishOf, type Wish } from './wish';

export default function AuthorisePage() {
    const t = useAuthoriseTexts();
    const wish = wishOf(useSearchParams()[0]);
    if (!wish) return <Message title={t('wrong_link')} text={t('wrong_link_text')} />;
    return <Asked wish={wish} />;
}

function Asked({ wish }: { wish: Wish }) {
    const t = useAuthoriseTexts();
    const merchant = useMerchant(wish.merchant);
    return (
        <>
            <PageHead title={t('title')} />
            <Loaded query={merchant}>
                {(known) => (
                    <div className="stack">
                        <WishCard wish={wish} merchant={known} />
                        <Inside wish={wish} merchant={known} />
                    </div>
                )}
            </Loaded>
        </>
    );
}

function WishCard({ wish, merchant }: { wish: Wish; merchant: Merchant }) {
    const t = useAuthoriseTexts();
    const words = useBankTexts();
    return (
        <section className="card stack" aria-label={t('what')}>
            <p className="sum">
                <Money amount={wish.amount} currency={wish.currency} />
            </p>
            <dl className="facts">
                <dt>{words('merchant')}</dt>
                <dd>
                    {merchant.merchant} <span className="muted small">{merchant.site}</span>
                </dd>
                <dt>{words('order')}</dt>
                <dd>{wish.order}</dd>
                {wish.title !== '' && (
                    <>
                        <dt>{t('goods')}</dt>
                        <dd>{wish.title}</dd>
                    </>
                )}
            </dl>
        </section>
    );
}

function Inside({ wish, merchant }: { wish: Wish; merchant: Merchant }) {
    const t = useAuthoriseTexts();
    const name = useBankName();
    const login = useLogin('customer');
    const fresh = useChanged(login !== null);
    if (login) return <Grant wish={wish} merchant={merchant} fresh={fresh} />;
    return (
        <section className="card stack" aria-labelledby="log-in">
            <h2 id="log-in">{t('log_in', { name })}</h2>
            <LoginForm who="customer" />
        </section>
    );
}
