import { Link, useParams } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { useSession } from '@/shared/session/session';
import { formatDate, formatDateTime } from '@/shared/time/format';
import { CopyButton } from '@/shared/ui/copy-button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { useNamedTickets, useTicket, type Ticket } from './api';
import { keptTickets, type KeptTicket } from './offline';
import { OfflineNote } from './offline-note';
import { QrCode } from './qr';
import { useTicketTexts } from './texts';
import './tickets.css';

export default function TicketPage() {
    const t = useTicketTexts();
    const id = Number(useParams().ticket);
    const query = useTicket(id);
    const person = useSession()?.person ?? 0;
    const kept = query.data === undefined ? keptTickets(person) : undefined;
    const copy = kept?.tickets.find((one) => one.ticket.id === id);
    usePageTitle(t('ticket', { id }));
    return (
        <div className="stack">
            <p>
                <Link to="/tickets">{t('back')}</Link>
            </p>
            {kept && copy ? (
                <>
                    {query.error && <OfflineNote kept={kept} />}
                    <Face {...copy} />
                </>
            ) : (
                <Loaded query={query} height={420}>
                    {(ticket) => <Fresh ticket={ticket} />}
                </Loaded>
            )}
        </div>
    );
}

function Fresh({ ticket }: { ticket: Ticket }) {
    const [named] = useNamedTickets([ticket]);
    return named ? <Face {...named} /> : null;
}

function Face({ ticket, campaign, tier }: KeptTicket) {
    const t = useTicketTexts();
    const text = useServerText();
    const language = useLanguage();
    return (
        <article className="card ticket">
            <div className="ticket-top stack tight">
                <h1>{campaign ? text(campaign.name) : t('campaign', { id: ticket.campaign })}</h1>
                <p>{tier ? text(tier.name) : t('tier', { id: ticket.tier })}</p>
            </div>
            <div className="ticket-code">
                <QrCode text={ticket.code} label={t('qr', { code: ticket.code })} />
                <p className="code">{ticket.code}</p>
                <p className="small">{t('bright')}</p>
            </div>
            <div className="ticket-rest stack">
                <dl className="facts">
                    {campaign && (
                        <>
                            <dt>{t('when')}</dt>
                            <dd>{formatDateTime(campaign.starts_at, language)}</dd>
                        </>
                    )}
                    {campaign?.venue && (
                        <>
                            <dt>{t('where')}</dt>
                            <dd>{text(campaign.venue)}</dd>
                        </>
                    )}
                    {ticket.valid_from && ticket.valid_until && (
                        <>
                            <dt>{t('valid')}</dt>
                            <dd>
                                {t('valid_text', {
                                    from: formatDate(ticket.valid_from, language),
                                    until: formatDate(ticket.valid_until, language),
                                })}
                            </dd>
                        </>
                    )}
                    <dt>{t('issued')}</dt>
                    <dd>{formatDateTime(ticket.issued_at, language)}</dd>
                </dl>
                <div className="row">
                    <CopyButton text={ticket.code} />
                    <Link to={`/orders/${ticket.order}`}>{t('order')}</Link>
                </div>
            </div>
        </article>
    );
}
