import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { api, ask } from '@/shared/api/client';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { groupsOf, matching, type ApiDocument, type Group } from './document';
import { ErrorRows, type ErrorEntry } from './errors';
import { RoutePart } from './route';
import { useDocsTexts } from './texts';
import './api-docs.css';

interface Read {
    document: ApiDocument;
    errors: ErrorEntry[];
}

// The document's own schema says no more of these two than that they are objects.
async function read(): Promise<Read> {
    const [document, catalogue] = await Promise.all([
        ask(api.GET('/openapi.json')),
        ask(api.GET('/api/v1/errors')),
    ]);
    return {
        document: document as unknown as ApiDocument,
        errors: (catalogue as unknown as { errors: ErrorEntry[] }).errors,
    };
}

export default function ApiDocs() {
    const t = useDocsTexts();
    const query = useQuery({ queryKey: ['api-docs'], queryFn: read, staleTime: Infinity });
    return (
        <>
            <PageHead title={t('title')}>
                <p className="muted">{t('about')}</p>
            </PageHead>
            <Loaded query={query}>{(data) => <Contents data={data} />}</Loaded>
        </>
    );
}

const anchorOf = (group: string) => `group-${group.replaceAll(' ', '-')}`;

function Contents({ data: { document, errors } }: { data: Read }) {
    const t = useDocsTexts();
    const id = useId();
    const [wish, setWish] = useState('');
    const groups = useMemo(() => groupsOf(document), [document]);
    const found = matching(groups, wish);
    const byCode = useMemo(() => new Map(errors.map((one) => [one.code, one])), [errors]);
    const count = found.reduce((sum, group) => sum + group.routes.length, 0);
    const target = useLocation().hash.slice(1);
    // What the address names may be hidden by a search, and was not there when the browser looked.
    useEffect(() => {
        if (!target) return;
        setWish('');
        requestAnimationFrame(() => window.document.getElementById(target)?.scrollIntoView());
    }, [target]);
    return (
        <div className="stack loose">
            <p className="row small">
                <span className="muted">{t('version', { version: document.info.version })}</span>
                <a href="/openapi.json">{t('raw')}</a>
                <a href="#errors">{t('all_errors')}</a>
            </p>
            <div className="field">
                <label htmlFor={id}>{t('search')}</label>
                <input
                    id={id}
                    type="search"
                    value={wish}
                    aria-describedby={`${id}-hint`}
                    onChange={(event) => setWish(event.target.value)}
                />
                <p id={`${id}-hint`} className="muted small">
                    {t('search_hint')}
                </p>
                <p role="status" className="small">
                    {count > 0 && t('found', { count })}
                </p>
            </div>
            {count === 0 && <Empty text={t('none')} />}
            <GroupLinks groups={found} />
            {found.map((group) => (
                <section key={group.name} aria-labelledby={anchorOf(group.name)}>
                    <h2 id={anchorOf(group.name)} className="api-group" lang="en">
                        {group.name}
                    </h2>
                    {group.routes.map((route) => (
                        <RoutePart
                            key={route.id}
                            route={route}
                            named={route.id === target}
                            errors={byCode}
                        />
                    ))}
                </section>
            ))}
            <section aria-labelledby="errors" className="stack">
                <h2 id="errors">{t('all_errors')}</h2>
                <ErrorRows errors={errors} />
            </section>
        </div>
    );
}

function GroupLinks({ groups }: { groups: Group[] }) {
    const t = useDocsTexts();
    if (groups.length < 2) return null;
    return (
        <nav aria-label={t('groups')}>
            <ul className="api-groups" lang="en">
                {groups.map(({ name }) => (
                    <li key={name}>
                        <a href={`#${anchorOf(name)}`}>{name}</a>
                    </li>
                ))}
            </ul>
        </nav>
    );
}
