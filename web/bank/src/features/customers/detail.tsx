// One customer: balances, cash in and out, the account's name and password, and its end.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { Figure, Figures, When } from '@/shared/console/figures';
import { Button } from '@/shared/ui/button';
import { Loaded } from '@/shared/ui/page';
import type { Cash, Customer } from '~/api/types';
import { ask } from '~/shared/client';
import { Money } from '~/shared/money';
import { PageHead } from '~/shared/page';
import { CustomerTag } from '~/shared/pieces';
import { useBankTexts } from '~/shared/texts';
import { Ending } from './ending';
import { CashDesk, ChangeCustomer } from './forms';
import { useCustomerTexts } from './texts';

export default function CustomerPage() {
    const number = Number(useParams().customer);
    const query = useQuery({
        queryKey: ['teller', 'customer', number],
        queryFn: () => ask<Customer>('teller', 'GET', `/api/v1/teller/customers/${number}`),
    });
    return <Loaded query={query}>{(customer) => <View customer={customer} />}</Loaded>;
}

function View({ customer }: { customer: Customer }) {
    const t = useCustomerTexts();
    const words = useBankTexts();
    return (
        <div className="stack loose">
            <div>
                <PageHead title={customer.name || t('customer', { number: customer.customer })}>
                    <div className="row">
                        <span className="muted">
                            {t('customer', { number: customer.customer })}
                        </span>
                        <CustomerTag state={customer.state} />
                        <span className="muted">
                            {t('since')} <When time={customer.created_at} />
                        </span>
                    </div>
                </PageHead>
                <Link to={`/teller/transactions?customer=${customer.customer}`}>
                    {t('to_transactions')}
                </Link>
            </div>
            <Figures>
                <Figure label={words('available')}>
                    <Money amount={customer.available} currency={customer.currency} />
                </Figure>
                <Figure label={words('held')}>
                    <Money amount={customer.held} currency={customer.currency} />
                </Figure>
            </Figures>
            {customer.state !== 'deleted' && (
                <>
                    <Desk customer={customer} />
                    <Ending customer={customer} />
                </>
            )}
        </div>
    );
}

type Open = Cash['kind'] | 'change' | null;

function Desk({ customer }: { customer: Customer }) {
    const t = useCustomerTexts();
    const [open, setOpen] = useState<Open>(null);
    const close = () => setOpen(null);
    return (
        <section className="card stack" aria-labelledby="desk">
            <h2 id="desk">{t('desk')}</h2>
            <div className="row">
                <Button onClick={() => setOpen('deposit')}>{t('deposit')}</Button>
                <Button look="plain" onClick={() => setOpen('withdrawal')}>
                    {t('withdrawal')}
                </Button>
                <Button look="plain" onClick={() => setOpen('change')}>
                    {t('change')}
                </Button>
            </div>
            <EditDrawer title={open === null ? '' : t(open)} open={open !== null} onClose={close}>
                {open === 'change' ? (
                    <ChangeCustomer customer={customer} onClose={close} />
                ) : (
                    open && <CashDesk customer={customer} kind={open} onClose={close} />
                )}
            </EditDrawer>
        </section>
    );
}
