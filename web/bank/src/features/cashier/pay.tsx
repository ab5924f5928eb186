// Paying a bill or giving it up. Both may be repeated: the bank decides a bill once. After silence
// the bill is asked for again, so that the page tells how it really stands.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirm } from '@/shared/console/confirm';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import type { Bill, BillLink, Customer } from '~/api/types';
import { Appearing, useChanged } from '~/shared/appearing';
import { useBankName } from '~/shared/bank';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { LoginForm } from '~/shared/login-form';
import { useMe } from '~/shared/me';
import { Money, useMoneyText } from '~/shared/money';
import { endLogin, useLogin } from '~/shared/session';
import { useBankTexts } from '~/shared/texts';
import { useCashierTexts } from './texts';

interface Matter {
    bill: Bill;
    link: BillLink;
    refetch: () => unknown;
}

export function Pay(matter: Matter) {
    const t = useCashierTexts();
    const name = useBankName();
    const login = useLogin('customer');
    const me = useMe();
    const fresh = useChanged(login !== null);
    return (
        <>
            {login ? (
                <Loaded query={me}>
                    {(customer) => <Ready {...matter} customer={customer} fresh={fresh} />}
                </Loaded>
            ) : (
                <section className="card stack" aria-labelledby="log-in">
                    <h2 id="log-in">{t('log_in', { name })}</h2>
                    <LoginForm who="customer" />
                </section>
            )}
            <GiveUp {...matter} />
        </>
    );
}

// What the bank answered about a bill is what the page shows of it.
function useBillChange(path: string, who: 'customer' | null, { link, refetch }: Matter) {
    const client = useQueryClient();
    return useChange<void, Bill>({
        who: 'customer',
        run: async () => {
            try {
                return await ask<Bill>(who, 'POST', path, { body: link });
            } catch (error) {
                refetch();
                throw error;
            }
        },
        then: (bill) =>
            client.setQueryData(['bill', link.merchant, link.reference, link.signature], bill),
    });
}

function Ready({ customer, fresh, ...matter }: Matter & { customer: Customer; fresh: boolean }) {
    const t = useCashierTexts();
    const words = useBankTexts();
    const { bill } = matter;
    const amount = useMoneyText(bill.currency)(bill.amount);
    const pay = useBillChange('/api/v1/cashier/bills/payments', 'customer', matter);
    const short = customer.available < bill.amount;
    return (
        <section className="card stack" aria-labelledby="pay">
            <Appearing id="pay" fresh={fresh}>
                {t('from_account', { name: customer.name })}
            </Appearing>
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
            {pay.error && <Problem error={pay.error} />}
            <Button wide disabled={short} busy={pay.isPending} onClick={() => pay.mutate()}>
                {t('pay', { amount })}
            </Button>
            <Button look="link" onClick={() => endLogin('customer')}>
                {t('other_account')}
            </Button>
        </section>
    );
}

function GiveUp(matter: Matter) {
    const t = useCashierTexts();
    const [open, setOpen] = useState(false);
    const giveUp = useBillChange('/api/v1/cashier/bills/abandonments', null, matter);
    return (
        <>
            <Button look="plain" onClick={() => setOpen(true)}>
                {t('give_up')}
            </Button>
            <Confirm
                title={t('give_up_title')}
                open={open}
                text={t('give_up_text')}
                action={t('give_up')}
                busy={giveUp.isPending}
                error={giveUp.error}
                onConfirm={() => giveUp.mutate()}
                onClose={() => setOpen(false)}
            />
        </>
    );
}
