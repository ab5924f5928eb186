// Which bank, and how. Banks that cannot be used now stay in sight, with the reason.
import { useId, useState, type ReactNode } from 'react';
import type { Order } from '@/api/types';
import { useServerText } from '@/shared/i18n/texts';
import { useLanguage } from '@/shared/i18n/language';
import { bankPage, useBanks, type Bank } from '@/shared/money/banks';
import { formatMoney } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { Field } from '@/shared/ui/field';
import { Loaded } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import type { useStartPayment } from './api';
import type { HandIn } from './hand-in';
import { waysOf, type Way } from './phase';
import { usePaymentTexts } from './texts';

interface Props {
    order: Order;
    start: ReturnType<typeof useStartPayment>;
    handIn: HandIn;
    onStarted: () => void;
}

export function Choose(props: Props) {
    const query = useBanks();
    return <Loaded query={query}>{(banks) => <Banks {...props} banks={banks} />}</Loaded>;
}

function usable(bank: Bank): boolean {
    return bank.usable && waysOf(bank.ways).length > 0;
}

function Banks({ banks, ...props }: Props & { banks: Bank[] }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const [chosen, setChosen] = useState<number | null>(null);
    const [way, setWay] = useState<Way | null>(null);
    const open = banks.filter(usable);
    const bank = open.find((one) => one.bank === chosen) ?? open[0];
    const ways = bank ? waysOf(bank.ways) : [];
    const how = ways.find((one) => one === way) ?? ways[0];
    if (banks.length === 0) return <Nothing title={t('banks_none')} text={t('banks_none_text')} />;
    return (
        <section className="card stack" aria-label={t('title')}>
            <Options
                legend={t('bank')}
                options={banks.map((one) => ({
                    value: one.bank,
                    title: text(one.name),
                    text: usable(one) ? undefined : t('bank_away'),
                    disabled: !usable(one),
                }))}
                value={bank?.bank}
                onChoose={setChosen}
            />
            {!bank && <Nothing title={t('banks_away')} text={t('banks_away_text')} />}
            {bank && (
                <Options
                    legend={t('way')}
                    options={ways.map((one) => ({
                        value: one,
                        title: t(`way_${one}`),
                        text: t(`way_${one}_text`),
                    }))}
                    value={how}
                    onChoose={setWay}
                />
            )}
            {bank && how === 'cashier' && <ByCashier {...props} bank={bank} />}
            {bank && how === 'token' && <ByToken {...props} bank={bank} />}
        </section>
    );
}

function Nothing({ title, text }: { title: string; text: string }) {
    return (
        <div className="note warn stack tight" role="status">
            <p className="strong">{title}</p>
            <p>{text}</p>
        </div>
    );
}

function Options<Value extends string | number>({
    legend,
    options,
    value,
    onChoose,
}: {
    legend: string;
    options: { value: Value; title: string; text?: ReactNode; disabled?: boolean }[];
    value: Value | undefined;
    onChoose: (value: Value) => void;
}) {
    const name = useId();
    return (
        <fieldset className="options">
            <legend className="strong">{legend}</legend>
            {options.map((one) => (
                <label key={one.value} className={one.disabled ? 'option off' : 'option'}>
                    <input
                        type="radio"
                        name={name}
                        checked={one.value === value}
                        disabled={one.disabled}
                        onChange={() => onChoose(one.value)}
                    />
                    <span className="stack tight">
                        <span className="strong">{one.title}</span>
                        {one.text && <span className="small">{one.text}</span>}
                    </span>
                </label>
            ))}
        </fieldset>
    );
}

function ByCashier({ order, start, onStarted, bank }: Props & { bank: Bank }) {
    const t = usePaymentTexts();
    const language = useLanguage();
    return (
        <>
            {start.error && <Problem error={start.error} />}
            <Button
                wide
                busy={start.isPending}
                onClick={() =>
                    start.mutate({ bank: bank.bank, way: 'cashier' }, { onSuccess: onStarted })
                }
            >
                {t('pay_amount', { amount: formatMoney(order.amount, language) })}
            </Button>
        </>
    );
}

function ByToken({ order, handIn, bank }: Props & { bank: Bank }) {
    const t = usePaymentTexts();
    const text = useServerText();
    const language = useLanguage();
    const [token, setToken] = useState('');
    const given = token || handIn.loose;
    const page = bankPage(bank, '/authorise', {
        order: String(order.id),
        amount: String(order.amount.minor),
        currency: order.amount.currency,
        title: t('order', { id: order.id }),
        return: `${window.location.origin}/orders/${order.id}/pay`,
    });
    const paste = (
        <form
            className="stack"
            onSubmit={(event) => {
                event.preventDefault();
                if (given.trim() !== '') handIn.run(bank.bank, given.trim());
            }}
        >
            <Field
                label={t('paste')}
                hint={t('paste_hint')}
                value={given}
                autoComplete="off"
                spellCheck={false}
                maxLength={4096}
                onChange={(event) => setToken(event.target.value)}
            />
            <Button type="submit" look="plain" disabled={given.trim() === ''} busy={handIn.busy}>
                {t('hand_in')}
            </Button>
        </form>
    );
    if (!page)
        return (
            <>
                <p className="note">
                    {t('authorise_no_page', {
                        order: order.id,
                        amount: formatMoney(order.amount, language),
                    })}
                </p>
                {paste}
            </>
        );
    return (
        <>
            <p className="small muted">{t('authorise_hint')}</p>
            <a className="button wide" href={page}>
                {t('to_authorise')} · {text(bank.name)}
            </a>
            {paste}
        </>
    );
}
