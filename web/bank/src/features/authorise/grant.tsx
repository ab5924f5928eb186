// Granting what a merchant asks for. The token is told once: it goes back to the merchant in the
// address, behind the #, which browsers send to no server, and can be copied.
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { ServerAway } from '@/shared/api/errors';
import { When } from '@/shared/console/figures';
import { ChoiceField } from '@/shared/console/search-field';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import type { Customer, Granted, Merchant } from '~/api/types';
import { isAtSite } from '~/shared/address';
import { Appearing } from '~/shared/appearing';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { GoBack } from '~/shared/go-back';
import { useMe } from '~/shared/me';
import { Money } from '~/shared/money';
import { Secret } from '~/shared/secret';
import { useBankTexts } from '~/shared/texts';
import { useAuthoriseTexts } from './texts';
import type { Wish } from './wish';

const kMinutes = [15, 30, 60, 1440];
const kUsualMinutes = 30;
// Who has granted wants to go on with the order.
const kGoBackSeconds = 3;

export function Grant({
    wish,
    merchant,
    fresh,
}: {
    wish: Wish;
    merchant: Merchant;
    fresh: boolean; // the customer has just logged in on this page
}) {
    const me = useMe();
    const [granted, setGranted] = useState<Granted | null>(null);
    if (granted) return <Done granted={granted} />;
    return (
        <Loaded query={me}>
            {(customer) => (
                <Question
                    wish={wish}
                    merchant={merchant}
                    customer={customer}
                    fresh={fresh}
                    onGranted={setGranted}
                />
            )}
        </Loaded>
    );
}

function Question({
    wish,
    merchant,
    customer,
    fresh,
    onGranted,
}: {
    wish: Wish;
    merchant: Merchant;
    customer: Customer;
    fresh: boolean;
    onGranted: (granted: Granted) => void;
}) {
    const t = useAuthoriseTexts();
    const words = useBankTexts();
    const [minutes, setMinutes] = useState(kUsualMinutes);
    const home = isAtSite(wish.returnTo, merchant.site) ? wish.returnTo : null;
    const grant = useChange<void, Granted>({
        who: 'customer',
        run: () =>
            ask('customer', 'POST', '/api/v1/me/authorisations', {
                body: {
                    merchant: wish.merchant,
                    order: wish.order,
                    amount: wish.amount,
                    currency: wish.currency,
                    minutes,
                    ...(wish.returnTo !== '' && { return_to: wish.returnTo }),
                },
            }),
        then: onGranted,
    });
    const short = customer.available < wish.amount;
    return (
        <section className="card stack" aria-labelledby="grant">
            <Appearing id="grant" fresh={fresh}>
                {t('question', { name: customer.name })}
            </Appearing>
            <p className="muted">{t('means')}</p>
            <p>
                {words('available')}{' '}
                <b>
                    <Money amount={customer.available} currency={customer.currency} />
                </b>
            </p>
            {short && (
                <div className="note warn stack tight" role="alert">
                    <p className="strong">{t('short')}</p>
                    <p>{t('short_remedy')}</p>
                </div>
            )}
            <ChoiceField
                label={t('valid_for')}
                value={String(minutes)}
                choices={kMinutes.map((one) => ({
                    value: String(one),
                    label: t(`minutes_${one}` as 'minutes_15'),
                }))}
                onChoose={(value) => setMinutes(Number(value))}
            />
            {grant.error && <Problem error={grant.error} />}
            {grant.error instanceof ServerAway && (
                <p>
                    {t('unsure')} <Link to="/authorisations">{t('to_list')}</Link>
                </p>
            )}
            <Button wide disabled={short} busy={grant.isPending} onClick={() => grant.mutate()}>
                {t('grant')}
            </Button>
            {home && <a href={home}>{t('do_not')}</a>}
        </section>
    );
}

function Done({ granted }: { granted: Granted }) {
    const t = useAuthoriseTexts();
    const words = useBankTexts();
    const { authorisation, token, return_url } = granted;
    return (
        <section className="card stack" aria-labelledby="granted">
            <div className="note good" role="status">
                <Appearing id="granted" fresh>
                    {t('granted')}
                </Appearing>
                <p>
                    {words('expires')} <When time={authorisation.expires_at} />
                </p>
            </div>
            {return_url ? (
                <GoBack to={return_url} after={kGoBackSeconds} />
            ) : (
                <p>{t('no_way_back')}</p>
            )}
            <Secret title={t('token')} hint={t('token_hint')} copy={t('copy_token')} text={token} />
            <Link to="/authorisations">{t('to_list')}</Link>
        </section>
    );
}
