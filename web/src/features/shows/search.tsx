import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import type { Show } from '@/api/types';
import { api, ask } from '@/shared/api/client';
import { useServerText } from '@/shared/i18n/texts';
import { Button } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Poster } from '@/shared/ui/poster';
import { useSharedTexts } from '@/shared/ui/texts';
import { useShowTexts } from './texts';
import './shows.css';

// The words in the address, and the server's for them.
const kStates = { all: 'all', current: 'on_sale', upcoming: 'upcoming' } as const;
type State = keyof typeof kStates;

export default function SearchPage() {
    const t = useShowTexts();
    const [search, setSearch] = useSearchParams();
    const words = search.get('query') ?? '';
    const state =
        (Object.keys(kStates) as State[]).find((one) => one === search.get('state')) ?? 'all';
    const choose = (nextWords: string, nextState: State) =>
        setSearch(
            {
                ...(nextWords && { query: nextWords }),
                ...(nextState !== 'all' && { state: nextState }),
            },
            { replace: true },
        );
    return (
        <div className="stack">
            <PageHead title={t('search')} />
            <SearchForm key={words} words={words} send={(next) => choose(next, state)} />
            <div className="filter" role="group" aria-label={t('state')}>
                {(Object.keys(kStates) as State[]).map((one) => (
                    <button
                        key={one}
                        type="button"
                        aria-pressed={one === state}
                        onClick={() => choose(words, one)}
                    >
                        {t(one)}
                    </button>
                ))}
            </div>
            <Results words={words} state={state} />
        </div>
    );
}

function SearchForm({ words, send }: { words: string; send: (words: string) => void }) {
    const t = useShowTexts();
    const [text, setText] = useState(words);
    return (
        <form
            role="search"
            className="search"
            onSubmit={(event) => {
                event.preventDefault();
                send(text.trim());
            }}
        >
            <input
                className="input"
                type="search"
                aria-label={t('query_label')}
                placeholder={t('query')}
                value={text}
                maxLength={64}
                onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit">{t('submit')}</Button>
        </form>
    );
}

function Results({ words, state }: { words: string; state: State }) {
    const t = useShowTexts();
    const shared = useSharedTexts();
    const query = useInfiniteQuery({
        queryKey: ['shows', words, state],
        queryFn: ({ pageParam }) =>
            ask(
                api.GET('/api/v1/shows', {
                    params: {
                        query: {
                            state: kStates[state],
                            ...(words && { query: words }),
                            ...(pageParam && { after: pageParam }),
                        },
                    },
                }),
            ),
        initialPageParam: 0,
        getNextPageParam: (page) => page.next ?? undefined,
    });
    return (
        <Loaded query={query}>
            {(data) => {
                const shows = data.pages.flatMap((page) => page.shows);
                if (shows.length === 0)
                    return <Empty text={`${t('found_none')} · ${t('found_none_text')}`} />;
                return (
                    <>
                        <p className="visually-hidden" role="status">
                            {t('results', { count: shows.length })}
                        </p>
                        <ul className="show-grid">
                            {shows.map((show) => (
                                <li key={show.id}>
                                    <ShowCard show={show} />
                                </li>
                            ))}
                        </ul>
                        {query.hasNextPage && (
                            <Button
                                look="plain"
                                busy={query.isFetchingNextPage}
                                onClick={() => void query.fetchNextPage()}
                            >
                                {shared('more')}
                            </Button>
                        )}
                    </>
                );
            }}
        </Loaded>
    );
}

function ShowCard({ show }: { show: Show }) {
    const text = useServerText();
    return (
        <article className="show-card">
            <Poster picture={show.picture} seed={show.id} />
            <div className="show-card-text">
                <h2>
                    <Link to={`/shows/${show.id}`}>{text(show.name)}</Link>
                </h2>
                <p className="muted small">
                    {text(show.organiser.name)}
                    {show.venue && ` · ${text(show.venue)}`}
                </p>
            </div>
        </article>
    );
}
