import { Form } from 'antd';
import { Choice, RadioChoice } from '@/shared/console/choice';
import { NumberField, PriceField, TextPair, TimeField } from '@/shared/console/fields';
import { Button } from '@/shared/ui/button';
import { CodesField } from './codes-field';
import { kTiersMax, type TierValues } from './new-values';
import { useSessionTexts } from './texts';

export function TiersStep({ onCodes }: { onCodes: () => void }) {
    const t = useSessionTexts();
    return (
        <>
            <p className="muted">{t('tier_stock_hint')}</p>
            <Form.Item name="currency" label={t('currency')} extra={t('one_currency')} required>
                <Choice options={['CNY', 'USD', 'EUR'].map((value) => ({ value, label: value }))} />
            </Form.Item>
            <Form.List name="tiers">
                {(fields, { add, remove }) => (
                    <>
                        {fields.map((field, index) => (
                            <fieldset key={field.key} className="form-part">
                                <legend>{t('tier_number', { number: index + 1 })}</legend>
                                <TierFields name={field.name} onCodes={onCodes} />
                                {fields.length > 1 && (
                                    <Button look="danger" onClick={() => remove(field.name)}>
                                        {t('remove_tier')}
                                    </Button>
                                )}
                            </fieldset>
                        ))}
                        {fields.length < kTiersMax && (
                            <Button look="plain" onClick={() => add({ kind: 'count' })}>
                                {t('add_tier')}
                            </Button>
                        )}
                    </>
                )}
            </Form.List>
        </>
    );
}

function TierFields({ name, onCodes }: { name: number; onCodes: () => void }) {
    const t = useSessionTexts();
    const kind = Form.useWatch(['tiers', name, 'kind']) as TierValues['kind'] | undefined;
    return (
        <>
            <TextPair name={[name, 'name']} label={t('name')} required />
            <PriceField name={[name, 'price']} label={t('price')} hint={t('free_hint')} />
            <Form.Item name={[name, 'kind']} label={t('pool_kind')} required>
                <RadioChoice
                    options={[
                        { value: 'count', label: t('kind_count') },
                        { value: 'codes', label: t('kind_codes') },
                    ]}
                />
            </Form.Item>
            {kind === 'count' && (
                <NumberField name={[name, 'count']} label={t('count')} required min={1} />
            )}
            {kind === 'codes' && (
                <div onChange={onCodes}>
                    <CodesField name={[name, 'codes']} />
                </div>
            )}
            <div className="columns">
                <TimeField name={[name, 'valid_from']} label={t('valid_from')} />
                <TimeField
                    name={[name, 'valid_until']}
                    label={t('valid_until')}
                    after={['tiers', name, 'valid_from']}
                />
            </div>
        </>
    );
}
