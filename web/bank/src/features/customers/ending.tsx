// Disabling an account (nothing can be paid from it, and back again), and deleting it: only when
// nothing is left on it. The reason stands where the button would be.
import { useState } from 'react';
import { Confirm } from '@/shared/console/confirm';
import { Button } from '@/shared/ui/button';
import type { Customer } from '~/api/types';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { useMoneyText } from '~/shared/money';
import { useCustomerTexts } from './texts';

export function Ending({ customer }: { customer: Customer }) {
    const t = useCustomerTexts();
    const money = useMoneyText(customer.currency);
    const [asked, setAsked] = useState<'disable' | 'delete' | null>(null);
    const close = () => setAsked(null);
    const address = `/api/v1/teller/customers/${customer.customer}`;
    const disabled = customer.state === 'disabled';
    const toggle = useChange<void, Customer>({
        who: 'teller',
        run: () => ask('teller', 'PATCH', address, { body: { disabled: !disabled } }),
        done: () => (disabled ? t('enabled') : t('disabled')),
        then: close,
    });
    const remove = useChange<void, Customer>({
        who: 'teller',
        run: () => ask('teller', 'DELETE', address),
        done: () => t('deleted'),
        then: close,
    });
    const left = customer.available + customer.held;
    return (
        <section className="card stack" aria-labelledby="ending">
            <h2 id="ending">{t('ending')}</h2>
            <div className="row apart">
                <p>{disabled ? t('enable_text') : t('disable_text')}</p>
                <Button look="plain" onClick={() => setAsked('disable')}>
                    {disabled ? t('enable') : t('disable')}
                </Button>
            </div>
            <div className="row apart">
                <p id="delete-why">
                    {left === 0 ? t('delete_text') : t('delete_blocked', { amount: money(left) })}
                </p>
                <Button
                    look="danger"
                    disabled={left !== 0}
                    aria-describedby="delete-why"
                    onClick={() => setAsked('delete')}
                >
                    {t('delete')}
                </Button>
            </div>
            <Confirm
                title={disabled ? t('enable') : t('disable')}
                open={asked === 'disable'}
                text={disabled ? t('enable_text') : t('disable_text')}
                action={disabled ? t('enable') : t('disable')}
                busy={toggle.isPending}
                error={toggle.error}
                onConfirm={() => toggle.mutate()}
                onClose={close}
            />
            <Confirm
                title={t('delete')}
                open={asked === 'delete'}
                text={t('delete_sure', { name: customer.name })}
                action={t('delete')}
                word={customer.name}
                busy={remove.isPending}
                error={remove.error}
                onConfirm={() => remove.mutate()}
                onClose={close}
            />
        </section>
    );
}
