import { Form } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import type { Text } from '@/api/types';
import type { SessionDetail, SessionTier } from '@/api/console-types';
import { ask } from '@/shared/api/client';
import { staffApi, useChange } from '@/shared/console/client';
import { DataTable } from '@/shared/console/data-table';
import { EditDrawer } from '@/shared/console/edit-drawer';
import { EditForm } from '@/shared/console/edit-form';
import { When } from '@/shared/console/figures';
import { PriceField, TextPair, TimeField } from '@/shared/console/fields';
import { useConsoleTexts } from '@/shared/console/texts';
import { pickedTime, timeTextOrEmpty } from '@/shared/console/times';
import { priceText, textValue } from '@/shared/console/values';
import { useServerText } from '@/shared/i18n/texts';
import { Button } from '@/shared/ui/button';
import { Money } from '@/shared/ui/money';
import { Problem } from '@/shared/ui/problem';
import { useSessionTexts } from './texts';

export function TiersPart({ session }: { session: SessionDetail }) {
    const t = useSessionTexts();
    const text = useServerText();
    const [edited, setEdited] = useState<SessionTier | null>(null);
    const close = () => setEdited(null);
    const turn = useChange({
        run: (tier: SessionTier) =>
            ask(
                staffApi.PATCH('/api/v1/tiers/{tier}', {
                    params: { path: { tier: tier.id } },
                    body: { on_sale: !tier.on_sale },
                }),
            ),
        done: (_, tier) => t(tier.on_sale ? 'tier_off' : 'tier_on', { name: text(tier.name) }),
    });
    const actions = (tier: SessionTier) =>
        session.state === 'cancelled' ? null : (
            <div className="row">
                <Button
                    look="link"
                    aria-label={`${t('edit_tier')}: ${text(tier.name)}`}
                    onClick={() => setEdited(tier)}
                >
                    {t('edit')}
                </Button>
                <Button
                    look="link"
                    aria-label={`${tier.on_sale ? t('take_off') : t('put_on')}: ${text(tier.name)}`}
                    busy={turn.isPending}
                    onClick={() => turn.mutate(tier)}
                >
                    {tier.on_sale ? t('take_off') : t('put_on')}
                </Button>
            </div>
        );
    return (
        <section className="stack" aria-labelledby="tiers">
            <h2 id="tiers">{t('tiers')}</h2>
            {turn.error && <Problem error={turn.error} />}
            <DataTable<SessionTier>
                caption={t('tiers')}
                rows={session.tiers}
                rowKey={(one) => one.id}
                columns={[
                    {
                        title: t('name'),
                        cell: (one) => (
                            <span>
                                {text(one.name)} <span className="muted small">{one.id}</span>
                            </span>
                        ),
                    },
                    { title: t('stock'), cell: (one) => t('pool', { id: one.pool }) },
                    { title: t('price'), cell: (one) => <Money money={one.price} /> },
                    { title: t('validity'), cell: (one) => <Validity tier={one} /> },
                    {
                        title: t('on_sale'),
                        cell: (one) => (
                            <span className={`tag ${one.on_sale ? 'good' : ''}`}>
                                {one.on_sale ? t('on_sale') : t('off_sale')}
                            </span>
                        ),
                    },
                    { title: t('edit'), cell: actions },
                ]}
            />
            <EditDrawer title={t('edit_tier')} open={edited !== null} onClose={close}>
                {edited && <TierForm tier={edited} onClose={close} />}
            </EditDrawer>
        </section>
    );
}

function Validity({ tier }: { tier: SessionTier }) {
    const t = useSessionTexts();
    if (!tier.valid_from && !tier.valid_until) return <>{t('always')}</>;
    return (
        <span>
            <When time={tier.valid_from} /> – <When time={tier.valid_until} />
        </span>
    );
}

interface Values {
    name: Text;
    description?: Text;
    price?: string;
    valid_from?: Dayjs | null;
    valid_until?: Dayjs | null;
}

function TierForm({ tier, onClose }: { tier: SessionTier; onClose: () => void }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const [form] = Form.useForm<Values>();
    const touched = (name: keyof Values) => form.isFieldTouched(name);
    const save = useChange({
        run: (values: Values) =>
            ask(
                staffApi.PATCH('/api/v1/tiers/{tier}', {
                    params: { path: { tier: tier.id } },
                    body: {
                        name: touched('name') ? textValue(values.name) : undefined,
                        description: touched('description')
                            ? textValue(values.description)
                            : undefined,
                        price: touched('price') ? values.price || '0' : undefined,
                        valid_from: touched('valid_from')
                            ? timeTextOrEmpty(values.valid_from)
                            : undefined,
                        valid_until: touched('valid_until')
                            ? timeTextOrEmpty(values.valid_until)
                            : undefined,
                    },
                }),
            ),
        done: (_, values) => t('tier_saved', { name: text(values.name) }),
        then: onClose,
    });
    return (
        <EditForm
            form={form}
            initial={{
                ...tier,
                price: priceText(tier.price.minor),
                valid_from: pickedTime(tier.valid_from),
                valid_until: pickedTime(tier.valid_until),
            }}
            error={save.error}
            busy={save.isPending}
            submit={console('save')}
            onSubmit={(values) => save.mutate(values)}
            onCancel={onClose}
        >
            <TextPair name="name" label={t('name')} required />
            <TextPair name="description" label={t('description')} lines={2} max={2500} />
            <PriceField
                name="price"
                label={`${t('price')} (${tier.price.currency})`}
                hint={t('price_hint')}
            />
            <div className="columns">
                <TimeField name="valid_from" label={t('valid_from')} />
                <TimeField name="valid_until" label={t('valid_until')} after="valid_from" />
            </div>
        </EditForm>
    );
}
