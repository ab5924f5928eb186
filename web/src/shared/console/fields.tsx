// Fields that several forms of the console have.
import { DatePicker, Form, Input, InputNumber } from 'antd';
import type { ComponentProps } from 'react';
import { foreignZone } from '../time/format';
import { useConsoleTexts } from './texts';

type Name = string | number | (string | number)[];

function pathOf(name: Name): (string | number)[] {
    return Array.isArray(name) ? name : [name];
}

// A text in both languages. Names need both; other texts may be empty.
export function TextPair({
    name,
    label,
    hint,
    required,
    lines = 1,
    max = 100,
}: {
    name: Name;
    label: string;
    hint?: string;
    required?: boolean;
    lines?: number;
    max?: number;
}) {
    const t = useConsoleTexts();
    const language = (part: 'zh' | 'en') => (
        <Form.Item
            name={[...pathOf(name), part]}
            label={part === 'zh' ? t('in_chinese') : t('in_english')}
            required
            rules={[{ required, whitespace: required, message: t('missing') }]}
        >
            {lines > 1 ? (
                <Input.TextArea
                    autoSize={{ minRows: lines, maxRows: 12 }}
                    maxLength={max}
                    lang={part === 'zh' ? 'zh-CN' : 'en'}
                />
            ) : (
                <Input maxLength={max} lang={part === 'zh' ? 'zh-CN' : 'en'} autoComplete="off" />
            )}
        </Form.Item>
    );
    return (
        <fieldset className="text-pair">
            <legend>
                {label}
                {!required && <span className="optional">{t('optional')}</span>}
            </legend>
            {hint && <p className="muted small">{hint}</p>}
            <div className="columns">
                {language('zh')}
                {language('en')}
            </div>
        </fieldset>
    );
}

export function TimeField({
    name,
    label,
    required,
    hint,
    after,
}: {
    name: Name;
    label: string;
    required?: boolean;
    hint?: string;
    after?: Name; // the field whose time has to be earlier
}) {
    const t = useConsoleTexts();
    const zone = foreignZone();
    const hints = [hint, zone && t('in_zone', { zone })].filter(Boolean);
    return (
        <Form.Item
            name={name}
            label={label}
            extra={hints.length > 0 ? hints.join(' · ') : undefined}
            dependencies={after === undefined ? undefined : [after]}
            rules={[
                { required, message: t('missing') },
                ({ getFieldValue }) => ({
                    validator: (_, value: { valueOf(): number } | null) => {
                        const first = after && (getFieldValue(after) as { valueOf(): number });
                        return !first || !value || value.valueOf() > first.valueOf()
                            ? Promise.resolve()
                            : Promise.reject(new Error(t('must_be_later')));
                    },
                }),
            ]}
        >
            <DatePicker
                showTime={{ format: 'HH:mm' }}
                format="YYYY-MM-DD HH:mm"
                className="full"
                allowClear={!required}
                needConfirm={false}
            />
        </Form.Item>
    );
}

export function NumberField({
    name,
    label,
    hint,
    required,
    min = 0,
    max = 1_000_000_000,
    ...more
}: {
    name: Name;
    label: string;
    hint?: string;
    required?: boolean;
    min?: number;
    max?: number;
} & Pick<ComponentProps<typeof InputNumber>, 'placeholder'>) {
    const t = useConsoleTexts();
    return (
        <Form.Item
            name={name}
            label={label}
            extra={hint}
            rules={[
                { required, message: t('missing') },
                { type: 'integer', min, max, message: t('whole_number', { min, max }) },
            ]}
        >
            <InputNumber className="full" controls={false} inputMode="numeric" {...more} />
        </Form.Item>
    );
}

export function PriceField({ name, label, hint }: { name: Name; label: string; hint?: string }) {
    const t = useConsoleTexts();
    return (
        <Form.Item
            name={name}
            label={label}
            extra={hint}
            rules={[{ pattern: /^\d{1,9}(\.\d{1,2})?$/, message: t('price_form') }]}
        >
            <Input inputMode="decimal" autoComplete="off" placeholder="0.00" />
        </Form.Item>
    );
}

export function LineField({
    name,
    label,
    hint,
    required,
    max = 200,
    ...more
}: {
    name: Name;
    label: string;
    hint?: string;
    required?: boolean;
    max?: number;
} & Pick<ComponentProps<typeof Input>, 'type' | 'autoComplete' | 'inputMode' | 'placeholder'>) {
    const t = useConsoleTexts();
    return (
        <Form.Item
            name={name}
            label={label}
            extra={hint}
            rules={[{ required, whitespace: required, message: t('missing') }]}
        >
            <Input maxLength={max} autoComplete="off" {...more} />
        </Form.Item>
    );
}
