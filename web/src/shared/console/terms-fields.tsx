// What holds for refunds and late payments in a session, as fields: of a new one and of one that
// exists.
import { Form, Input, Switch } from 'antd';
import { Choice } from './choice';
import { NumberField, PriceField } from './fields';
import { useConsoleTexts } from './texts';
import { useTermsTexts } from './terms-texts';

export const kLatePayments = ['refund', 'same', 'same_or_better'] as const;
export const kRefundHoursMax = 8760;

export interface TermsValues {
    refund_allowed?: boolean;
    refund_until_hours?: number;
    refund_fee_percent?: string;
    refund_review?: boolean;
    refund_second_review_from?: string;
    late_payment?: string;
}

// What is asked for where refunds are allowed and nothing else is said.
export const kTermsDefault: Required<TermsValues> = {
    refund_allowed: false,
    refund_until_hours: 48,
    refund_fee_percent: '10',
    refund_review: true,
    refund_second_review_from: '',
    late_payment: 'refund',
};

// Without a word about it, everything is shown: what is not allowed now may be tomorrow.
export function TermsFields({
    within = [],
    hint,
    only_allowed = false,
}: {
    within?: (string | number)[];
    hint?: string;
    only_allowed?: boolean; // the details only where refunds are allowed
}) {
    const t = useTermsTexts();
    const at = (name: keyof TermsValues) => [...within, name];
    const allowed = Form.useWatch(at('refund_allowed')) as boolean | undefined;
    return (
        <>
            <Form.Item
                name={at('refund_allowed')}
                label={t('allowed')}
                extra={hint}
                valuePropName="checked"
                required
            >
                <Switch />
            </Form.Item>
            {(allowed || !only_allowed) && (
                <>
                    <div className="columns">
                        <NumberField
                            name={at('refund_until_hours')}
                            label={t('until_hours')}
                            required
                            max={kRefundHoursMax}
                        />
                        <PercentField name={at('refund_fee_percent')} label={t('fee_percent')} />
                        <PriceField
                            name={at('refund_second_review_from')}
                            label={t('second_from')}
                            hint={t('second_hint')}
                        />
                    </div>
                    <Form.Item
                        name={at('refund_review')}
                        label={t('reviewed')}
                        valuePropName="checked"
                        required
                    >
                        <Switch />
                    </Form.Item>
                </>
            )}
            <Form.Item name={at('late_payment')} label={t('late')} required>
                <Choice
                    options={kLatePayments.map((one) => ({ value: one, label: t(`late_${one}`) }))}
                />
            </Form.Item>
        </>
    );
}

function PercentField({ name, label }: { name: (string | number)[]; label: string }) {
    const t = useTermsTexts();
    const console = useConsoleTexts();
    return (
        <Form.Item
            name={name}
            label={label}
            rules={[
                { pattern: /^\d{1,9}(\.\d{1,2})?$/, message: console('price_form') },
                {
                    validator: (_, value?: string) =>
                        Number(value ?? 0) > 100
                            ? Promise.reject(new Error(t('percent_max')))
                            : Promise.resolve(),
                },
            ]}
        >
            <Input inputMode="decimal" autoComplete="off" placeholder="0.00" />
        </Form.Item>
    );
}
