import { useEffect, useState } from 'react';
import { CopyButton } from '@/shared/ui/copy-button';
import { curlOf, type Access, type Route } from './document';
import { ErrorRows, type ErrorEntry } from './errors';
import { Body, Fields } from './fields';
import { useDocsTexts } from './texts';

const kLooks: Record<Access, string> = { everyone: 'good', person: 'accent', operator: 'warn' };

// One route, folded; what is inside is made when it is opened, because there are a hundred of them.
export function RoutePart({
    route,
    named,
    errors,
}: {
    route: Route;
    named: boolean; // by the address of the page
    errors: Map<string, ErrorEntry>;
}) {
    const t = useDocsTexts();
    const [open, setOpen] = useState(named);
    useEffect(() => {
        if (named) setOpen(true);
    }, [named]);
    return (
        <details
            id={route.id}
            className="api-route"
            open={open}
            onToggle={(event) => setOpen(event.currentTarget.open)}
        >
            <summary>
                <span className={`api-method ${route.method.toLowerCase()}`}>{route.method}</span>{' '}
                <code>{route.path}</code>{' '}
                <span className="api-summary" lang="en">
                    {route.summary}
                </span>{' '}
                <span className={`tag ${kLooks[route.access]}`}>{t(`access_${route.access}`)}</span>
            </summary>
            {open && <Inside route={route} errors={errors} />}
        </details>
    );
}

function Inside({ route, errors }: { route: Route; errors: Map<string, ErrorEntry> }) {
    const t = useDocsTexts();
    const curl = curlOf(route, window.location.origin);
    const known = route.codes.flatMap((code) => errors.get(code) ?? []);
    return (
        <div className="stack api-inside">
            {route.text && <p lang="en">{route.text}</p>}
            {route.parameters.length > 0 && (
                <section>
                    <h3>{t('parameters')}</h3>
                    <Fields fields={route.parameters} absence="required" />
                </section>
            )}
            {route.body && (
                <section>
                    <h3>{t('body')}</h3>
                    <Body body={route.body} absence="required" />
                </section>
            )}
            {route.answers.map(({ status, types, body }) => (
                <section key={status}>
                    <h3>{t('answer', { status })}</h3>
                    {body && <Body body={body} absence="always" />}
                    {!body && (
                        <p className="muted small">
                            {types.length > 0
                                ? t('file', { types: types.join(', ') })
                                : t('no_body')}
                        </p>
                    )}
                </section>
            ))}
            {known.length > 0 && (
                <section>
                    <h3>{t('errors')}</h3>
                    <ErrorRows errors={known} />
                </section>
            )}
            <section>
                <h3>{t('call')}</h3>
                <pre className="api-curl">{curl}</pre>
                <CopyButton text={curl} label={t('copy')} />
            </section>
        </div>
    );
}
