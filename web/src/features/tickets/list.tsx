import { Link } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { useSession } from '@/shared/session/session';
import { formatDateTime } from '@/shared/time/format';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Empty } from '@/shared/ui/empty';
import { Loaded, PageHead } from '@/shared/ui/page';
import { useSharedTexts } from '@/shared/ui/texts';
import { useNamedTickets, useTickets, type Ticket } from './api';
import { keptTickets, type KeptTicket } from './offline';
import { OfflineNote } from './offline-note';
import { useTicketTexts } from './texts';
import './tickets.css';

export default function TicketsPage() {
    const t = useTicketTexts();
    const shared = useSharedTexts();
    const query = useTickets();
    const person = useSession()?.person ?? 0;
    const kept = query.data === undefined ? keptTickets(person) : undefined;
    return (
        <>
            <PageHead title={t('title')} />
            {kept && kept.tickets.length > 0 ? (
                <div className="stack">
                    <OfflineNote kept={kept} />
                    <Cards tickets={kept.tickets} />
                </div>
            ) : (
                <Loaded query={query}>
                    {(data) => <Fresh tickets={data.pages.flatMap((page) => page.tickets)} />}
                </Loaded>
            )}
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
}

function Fresh({ tickets }: { tickets: Ticket[] }) {
    const t = useTicketTexts();
    const named = useNamedTickets(tickets);
    if (tickets.length === 0)
        return (
            <Empty text={`${t('none')} · ${t('none_text')}`}>
                <ButtonLink to="/">{t('to_home')}</ButtonLink>
            </Empty>
        );
    return <Cards tickets={named} />;
}

function Cards({ tickets }: { tickets: KeptTicket[] }) {
    return (
        <ul className="plain-list">
            {tickets.map((one) => (
                <li key={one.ticket.id}>
                    <Card {...one} />
                </li>
            ))}
        </ul>
    );
}

function Card({ ticket, campaign, tier }: KeptTicket) {
    const t = useTicketTexts();
    const text = useServerText();
    const language = useLanguage();
    return (
        <article className="card ticket-card">
            <span className="stub" aria-hidden="true">
                <svg width="28" height="28" viewBox="0 0 28 28" fill="currentColor">
                    <path d="M3 3h8v8H3zM17 3h8v8h-8zM3 17h8v8H3zM17 17h3v3h-3zM22 22h3v3h-3zM17 23h2v2h-2zM23 17h2v2h-2z" />
                </svg>
            </span>
            <div className="stack tight">
                <h2>
                    <Link to={`/tickets/${ticket.id}`}>
                        {campaign ? text(campaign.name) : t('campaign', { id: ticket.campaign })}
                    </Link>
                </h2>
                <p className="muted small">
                    {tier ? text(tier.name) : t('tier', { id: ticket.tier })} · {ticket.code}
                </p>
                {campaign && (
                    <p className="muted small">{formatDateTime(campaign.starts_at, language)}</p>
                )}
            </div>
        </article>
    );
}
