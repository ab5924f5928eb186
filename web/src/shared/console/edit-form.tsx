// A form of Ant Design whose fields show what the server says about them. Fields are named as in
// the request, so a refusal's details.field ("tiers[0].price") finds its place; whatever names no
// field of the form stands above the button.
import { Form, type FormInstance } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { ApiError } from '../api/errors';
import { Button } from '../ui/button';
import { Problem } from '../ui/problem';
import { useConsoleTexts } from './texts';

type Name = (string | number)[];

// "tiers[0].price" as Ant Design names it: ["tiers", 0, "price"].
export function fieldPath(field: string): Name {
    return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, word, index]) =>
        index === undefined ? (word ?? '') : Number(index),
    );
}

// Codes that are about a field without naming it in details.
const kFieldOfCode: Record<string, string> = {
    username_invalid: 'username',
    username_taken: 'username',
    password_invalid: 'password',
    nickname_missing: 'nickname',
    nickname_invalid: 'nickname',
    reason_invalid: 'reason',
    roles_invalid: 'roles',
    organiser_unknown: 'organiser',
    not_your_organiser: 'organiser',
    show_unknown: 'show',
};

// The longest beginning of the path that is a field of the form: "name.zh" may be one, or "name".
function placeOf(form: FormInstance, error: ApiError): Name | null {
    const named = error.field ?? kFieldOfCode[error.code];
    if (!named) return null;
    for (let path = fieldPath(named); path.length > 0; path = path.slice(0, -1))
        if (form.getFieldInstance(path)) return path;
    return null;
}

function wordsOf(error: ApiError): string {
    const detail = error.details.message;
    const more = typeof detail === 'string' && detail !== '' ? ` (${detail})` : '';
    return `${error.message}${more} ${error.remedy}`;
}

export function EditForm<Values extends object>({
    form,
    initial,
    error,
    busy,
    submit,
    danger,
    onSubmit,
    onCancel,
    onChange,
    children,
}: {
    form: FormInstance<Values>;
    initial?: object;
    error: unknown;
    busy: boolean;
    submit: string;
    danger?: boolean;
    onSubmit: (values: Values) => void;
    onCancel?: () => void;
    onChange?: (changed: object, values: Values) => void;
    children: ReactNode;
}) {
    const t = useConsoleTexts();
    const refusal = error instanceof ApiError ? error : null;
    const place = refusal ? placeOf(form, refusal) : null;
    const key = place?.join('.');
    useEffect(() => {
        if (!refusal || !place) return;
        form.setFields([{ name: place as never, errors: [wordsOf(refusal)] }]);
        form.scrollToField(place as never, { block: 'center', focus: true });
        // A place is made anew at each drawing: its words decide.
        // eslint-disable-next-line react-hooks/exhaustive-deps
    }, [refusal, key, form]);
    return (
        <Form<Values>
            form={form}
            layout="vertical"
            initialValues={initial}
            requiredMark={(label, { required }) => (
                <>
                    {label}
                    {!required && <span className="optional">{t('optional')}</span>}
                </>
            )}
            validateTrigger={['onBlur', 'onSubmit']}
            scrollToFirstError={{ block: 'center', focus: true }}
            disabled={false}
            onFinish={onSubmit}
            onValuesChange={(changed, values) => onChange?.(changed as object, values)}
        >
            {children}
            {error !== null && error !== undefined && !place && <Problem error={error} />}
            <div className="row form-end">
                <Button type="submit" look={danger ? 'danger' : undefined} busy={busy}>
                    {submit}
                </Button>
                {onCancel && (
                    <Button look="plain" onClick={onCancel}>
                        {t('back')}
                    </Button>
                )}
            </div>
        </Form>
    );
}
