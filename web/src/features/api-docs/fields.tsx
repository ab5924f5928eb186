import type { Field } from './document';
import { useDocsTexts } from './texts';

const kPlaces = ['path', 'query', 'header'];

// What a body or an answer consists of; fields of fields are indented. `absence` says which word
// stands at a field that is not optional.
export function Fields({ fields, absence }: { fields: Field[]; absence: 'required' | 'always' }) {
    const t = useDocsTexts();
    return (
        <ul className="api-fields">
            {fields.map((field) => (
                <li key={`${field.place ?? ''} ${field.name}`}>
                    <p>
                        <code className="strong">{field.name}</code>{' '}
                        <span className="muted small">
                            <Shape field={field} /> · {field.required ? t(absence) : t('optional')}
                            {kPlaces.includes(field.place ?? '') &&
                                ` · ${t(`in_${field.place as 'path' | 'query' | 'header'}`)}`}
                        </span>
                    </p>
                    {field.text && (
                        <p className="small" lang="en">
                            {field.text}
                        </p>
                    )}
                    {field.fields.length > 0 && <Fields fields={field.fields} absence={absence} />}
                </li>
            ))}
        </ul>
    );
}

// A body: its fields, and what it is when it has none or is a list of them.
export function Body({ body, absence }: { body: Field; absence: 'required' | 'always' }) {
    return (
        <>
            {(body.list || body.fields.length === 0) && (
                <p className="muted small">
                    <Shape field={body} />
                </p>
            )}
            <Fields fields={body.fields} absence={absence} />
        </>
    );
}

function Shape({ field }: { field: Field }) {
    const t = useDocsTexts();
    const kind = t(`kind_${field.kind}`);
    return (
        <>
            {field.list ? t('list', { kind }) : kind}
            {field.nullable && ` ${t('nullable')}`}
            {field.choices.length > 0 && ` · ${t('one_of')} ${field.choices.join(', ')}`}
        </>
    );
}
