import { Form } from 'antd';
import type { Text } from '@/api/console-types';
import { EditForm } from '@/shared/console/edit-form';
import { NumberField, TextPair } from '@/shared/console/fields';
import { useBankTexts } from './texts';

const kNumberMax = 9999;
const kNameMax = 40;

export interface BankValues {
    bank: number;
    name: Text;
}

// `known`: its name is changed; without it a bank is made, under the next number that is free.
export function BankForm({
    known,
    taken = [],
    error,
    busy,
    submit,
    onSubmit,
    onCancel,
}: {
    known?: BankValues;
    taken?: number[];
    error: unknown;
    busy: boolean;
    submit: string;
    onSubmit: (values: BankValues) => void;
    onCancel: () => void;
}) {
    const t = useBankTexts();
    const [form] = Form.useForm<BankValues>();
    return (
        <EditForm
            form={form}
            initial={known ?? { bank: Math.max(0, ...taken) + 1 }}
            error={error}
            busy={busy}
            submit={submit}
            onSubmit={(values) => onSubmit({ ...known, ...values })}
            onCancel={onCancel}
        >
            {!known && (
                <NumberField
                    name="bank"
                    label={t('number')}
                    hint={t('number_hint')}
                    required
                    min={1}
                    max={kNumberMax}
                />
            )}
            <TextPair name="name" label={t('name')} required max={kNameMax} />
        </EditForm>
    );
}
