// The forms about a customer: opening an account, changing it, cash in and out.
import { Form, Input } from 'antd';
import { useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { EditForm } from '@/shared/console/edit-form';
import { LineField } from '@/shared/console/fields';
import type { Cash, Customer, CustomerChange } from '~/api/types';
import { minorOf } from '~/shared/amount';
import { useChange } from '~/shared/change';
import { ask } from '~/shared/client';
import { useMoneyText } from '~/shared/money';
import { useBankTexts } from '~/shared/texts';
import { useCustomerTexts } from './texts';

interface Account {
    name: string;
    password?: string;
}

export function AddCustomer({ onClose }: { onClose: () => void }) {
    const t = useCustomerTexts();
    const words = useBankTexts();
    const navigate = useNavigate();
    const [form] = Form.useForm<Account>();
    const add = useChange<Account, Customer>({
        who: 'teller',
        run: ({ name, password }) =>
            ask('teller', 'POST', '/api/v1/teller/customers', {
                body: { name: name.trim(), password: password ?? '' },
            }),
        done: (made) => t('added', { name: made.name }),
        then: (made) => {
            onClose();
            navigate(`/teller/customers/${made.customer}`);
        },
    });
    return (
        <EditForm<Account>
            form={form}
            error={add.error}
            busy={add.isPending}
            submit={t('add')}
            onSubmit={(values) => add.mutate(values)}
            onCancel={onClose}
        >
            <LineField name="name" label={words('name')} required max={64} />
            <LineField
                name="password"
                label={words('password')}
                hint={t('password_hint')}
                type="password"
                autoComplete="new-password"
                required
                max={128}
            />
        </EditForm>
    );
}

export function ChangeCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }) {
    const t = useCustomerTexts();
    const words = useBankTexts();
    const [form] = Form.useForm<Account>();
    const change = useChange<CustomerChange, Customer>({
        who: 'teller',
        run: (body) =>
            ask('teller', 'PATCH', `/api/v1/teller/customers/${customer.customer}`, { body }),
        done: () => t('changed'),
        then: onClose,
    });
    return (
        <EditForm<Account>
            form={form}
            initial={{ name: customer.name }}
            error={change.error}
            busy={change.isPending}
            submit={t('save')}
            onSubmit={({ name, password }) =>
                change.mutate({
                    ...(name.trim() !== customer.name && { name: name.trim() }),
                    ...(password && { password }),
                })
            }
            onCancel={onClose}
        >
            <LineField name="name" label={words('name')} required max={64} />
            <LineField
                name="password"
                label={t('new_password')}
                hint={t('new_password_hint')}
                type="password"
                autoComplete="new-password"
                max={128}
            />
        </EditForm>
    );
}

interface CashForm {
    amount: string;
    note?: string;
}

// The key is chosen when the form is opened: pressing twice, or again after silence, moves the cash
// once.
export function CashDesk({
    customer,
    kind,
    onClose,
}: {
    customer: Customer;
    kind: Cash['kind'];
    onClose: () => void;
}) {
    const t = useCustomerTexts();
    const words = useBankTexts();
    const text = useMoneyText(customer.currency);
    const [form] = Form.useForm<CashForm>();
    const key = useRef<string>(crypto.randomUUID());
    const move = useChange<CashForm, Customer>({
        who: 'teller',
        run: ({ amount, note }) =>
            ask('teller', 'POST', `/api/v1/teller/customers/${customer.customer}/cash`, {
                body: {
                    kind,
                    amount: minorOf(amount) ?? 0,
                    note: note?.trim() ?? '',
                    key: key.current,
                } satisfies Cash,
            }),
        done: (after) => t(`${kind}_done`, { amount: text(after.available) }),
        then: onClose,
    });
    return (
        <EditForm<CashForm>
            form={form}
            error={move.error}
            busy={move.isPending}
            submit={t(kind)}
            // Another amount is another matter.
            onChange={() => {
                if (!move.isPending) key.current = crypto.randomUUID();
            }}
            onSubmit={(values) => move.mutate(values)}
            onCancel={onClose}
        >
            <p className="form-note">
                {words('available')} <b className="number">{text(customer.available)}</b>
            </p>
            <Form.Item
                name="amount"
                label={words('amount')}
                required
                rules={[
                    {
                        validator: (_, value: string | undefined) =>
                            (minorOf(value ?? '') ?? 0) > 0
                                ? Promise.resolve()
                                : Promise.reject(new Error(words('amount_invalid'))),
                    },
                ]}
            >
                <Input inputMode="decimal" autoComplete="off" placeholder="0.00" />
            </Form.Item>
            <LineField name="note" label={words('note')} max={60} />
        </EditForm>
    );
}
