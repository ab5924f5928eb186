// Codes of a form: pasted, or from a file that does not leave the browser before the form is sent.
import { Form, Input } from 'antd';
import { useId } from 'react';
import { readCodes } from './codes';
import { useSessionTexts } from './texts';

export function CodesField({ name }: { name: string | (string | number)[] }) {
    const t = useSessionTexts();
    const id = useId();
    const form = Form.useFormInstance();
    // Within a list of the form the name is relative: the chooser sets the field by its full name.
    const full = Array.isArray(name) && typeof name[0] === 'number' ? ['tiers', ...name] : name;
    const text = (Form.useWatch(full, form) as string | undefined) ?? '';
    const { codes } = readCodes(text);
    return (
        <>
            <Form.Item
                name={name}
                label={t('codes')}
                extra={
                    codes.length > 0 ? t('codes_count', { count: codes.length }) : t('codes_hint')
                }
                rules={[
                    { required: true, whitespace: true, message: t('codes_missing') },
                    {
                        validator: (_, value: string | undefined) => {
                            const { mistake } = readCodes(value ?? '');
                            if (!mistake) return Promise.resolve();
                            return Promise.reject(
                                new Error(
                                    mistake.kind === 'repeated'
                                        ? t('codes_repeated', { ...mistake })
                                        : t('codes_invalid', { ...mistake }),
                                ),
                            );
                        },
                    },
                ]}
            >
                <Input.TextArea rows={5} spellCheck={false} className="mono" />
            </Form.Item>
            <div className="field">
                <label htmlFor={id}>{t('codes_file')}</label>
                <input
                    id={id}
                    type="file"
                    accept=".txt,.csv,text/plain,text/csv"
                    onChange={async (event) => {
                        const file = event.target.files?.[0];
                        if (!file) return;
                        form.setFieldValue(full, await file.text());
                        void form.validateFields([full]).catch(() => undefined);
                    }}
                />
            </div>
        </>
    );
}
