import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Form, Switch } from 'antd';
import { useState } from 'react';
import { ask } from '@/shared/api/client';
import { Choice, RadioChoice } from '@/shared/console/choice';
import { staffApi } from '@/shared/console/client';
import { When } from '@/shared/console/figures';
import { NumberField, TextPair, TimeField } from '@/shared/console/fields';
import { given } from '@/shared/console/filters';
import { OrganiserField, useOrganiserChoices } from '@/shared/console/organisers';
import { PictureField } from '@/shared/console/picture-field';
import { kConsoleKey } from '@/shared/console/session';
import { kLatePayments, type TermsValues } from '@/shared/console/terms-fields';
import { useTermsTexts } from '@/shared/console/terms-texts';
import { useConsoleTexts } from '@/shared/console/texts';
import { useServerText } from '@/shared/i18n/texts';
import { readCodes } from './codes';
import type { Values } from './new-values';
import { useSessionTexts } from './texts';

export function ShowStep() {
    const t = useSessionTexts();
    const origin = Form.useWatch('origin') as Values['origin'] | undefined;
    const organiser = Form.useWatch('organiser') as number | undefined;
    return (
        <>
            <OrganiserField />
            <Form.Item name="origin" label={t('show')} required>
                <RadioChoice
                    options={[
                        { value: 'existing', label: t('existing_show') },
                        { value: 'new', label: t('new_show') },
                    ]}
                />
            </Form.Item>
            {origin === 'existing' && <ExistingShow organiser={organiser} />}
            {origin === 'new' && (
                <>
                    <TextPair name={['show', 'name']} label={t('show_name')} required />
                    <TextPair
                        name={['show', 'description']}
                        label={t('show_description')}
                        lines={3}
                        max={2500}
                    />
                    <TextPair name={['show', 'venue']} label={t('venue')} max={200} />
                    <TextPair name={['show', 'notice']} label={t('notice')} lines={2} max={2500} />
                    <Form.Item name={['show', 'picture']} noStyle>
                        <PictureField label={t('picture')} />
                    </Form.Item>
                </>
            )}
        </>
    );
}

function ExistingShow({ organiser }: { organiser: number | undefined }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const [words, setWords] = useState('');
    const { data } = useQuery({
        queryKey: [kConsoleKey, 'shows', 'choice', words, organiser],
        queryFn: () =>
            ask(
                staffApi.GET('/api/v1/shows', {
                    params: { query: { state: 'all', query: given(words), organiser } },
                }),
            ),
        placeholderData: keepPreviousData,
    });
    return (
        <Form.Item
            name="existing"
            label={t('existing_show')}
            rules={[{ required: true, message: console('missing') }]}
        >
            <Choice
                showSearch
                filterOption={false}
                onSearch={setWords}
                options={(data?.shows ?? [])
                    .filter((one) => organiser === undefined || one.organiser.id === organiser)
                    .map((one) => ({ value: one.id, label: `${text(one.name)} (${one.id})` }))}
            />
        </Form.Item>
    );
}

export function TimesStep() {
    const t = useSessionTexts();
    return (
        <div className="columns">
            <TimeField name={['session', 'starts_at']} label={t('starts_at')} required />
            <TimeField
                name={['session', 'ends_at']}
                label={t('ends_at')}
                required
                after={['session', 'starts_at']}
            />
            <NumberField
                name={['session', 'orders_per_person']}
                label={t('orders_per_person')}
                hint={t('no_limit')}
            />
            <NumberField
                name={['session', 'tickets_per_person']}
                label={t('tickets_per_person')}
                hint={t('no_limit')}
            />
            <Form.Item
                name={['session', 'sale_ends_at_start']}
                label={t('sale_ends_at_start')}
                valuePropName="checked"
                required
            >
                <Switch />
            </Form.Item>
        </div>
    );
}

export function CheckStep({ values }: { values: Values }) {
    const t = useSessionTexts();
    const console = useConsoleTexts();
    const text = useServerText();
    const organisers = useOrganiserChoices();
    const [campaign] = values.campaigns;
    return (
        <div className="stack">
            <p>{t('check_text')}</p>
            <dl className="facts">
                <dt>{console('organiser')}</dt>
                <dd>{organisers.find((one) => one.value === values.organiser)?.label}</dd>
                <dt>{t('show')}</dt>
                <dd>{values.origin === 'existing' ? values.existing : text(values.show?.name)}</dd>
                <dt>{t('starts_at')}</dt>
                <dd>
                    <When time={values.session.starts_at.toISOString()} />
                </dd>
                <dt>{t('ends_at')}</dt>
                <dd>
                    <When time={values.session.ends_at.toISOString()} />
                </dd>
                {values.tiers.map((tier, index) => (
                    <TierFacts
                        key={index}
                        number={index + 1}
                        tier={tier}
                        currency={values.currency}
                    />
                ))}
                <dt>{t('campaign')}</dt>
                <dd>{text(campaign.name)}</dd>
                <dt>{t('opens_at')}</dt>
                <dd>
                    <When time={campaign.opens_at.toISOString()} />
                </dd>
                <dt>{t('closes_at')}</dt>
                <dd>
                    <When time={campaign.closes_at.toISOString()} />
                </dd>
                <dt>{t('one_per_person')}</dt>
                <dd>{campaign.one_per_person ? t('yes') : t('no')}</dd>
                <TermsFacts terms={values.session} />
            </dl>
        </div>
    );
}

function TermsFacts({ terms }: { terms: TermsValues }) {
    const t = useSessionTexts();
    const words = useTermsTexts();
    const late = kLatePayments.find((one) => one === terms.late_payment);
    return (
        <>
            <dt>{words('allowed')}</dt>
            <dd>{terms.refund_allowed ? t('yes') : t('no')}</dd>
            {terms.refund_allowed && (
                <>
                    <dt>{words('until_hours')}</dt>
                    <dd>{terms.refund_until_hours}</dd>
                    <dt>{words('fee_percent')}</dt>
                    <dd>{terms.refund_fee_percent || '0'}</dd>
                    <dt>{words('reviewed')}</dt>
                    <dd>{terms.refund_review ? t('yes') : t('no')}</dd>
                    <dt>{words('second_from')}</dt>
                    <dd>{terms.refund_second_review_from || '0'}</dd>
                </>
            )}
            <dt>{words('late')}</dt>
            <dd>{words(`late_${late ?? 'refund'}`)}</dd>
        </>
    );
}

function TierFacts({
    number,
    tier,
    currency,
}: {
    number: number;
    tier: Values['tiers'][number];
    currency: string;
}) {
    const t = useSessionTexts();
    const text = useServerText();
    const count = tier.kind === 'codes' ? readCodes(tier.codes ?? '').codes.length : tier.count;
    return (
        <>
            <dt>{t('tier_number', { number })}</dt>
            <dd>
                {text(tier.name)} · {tier.price || '0'} {currency} · {t('quantity')} {count}
            </dd>
        </>
    );
}
