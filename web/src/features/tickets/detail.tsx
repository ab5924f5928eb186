import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { useSession } from '@/shared/session/session';
import { formatDate, formatDateTime } from '@/shared/time/format';
import { Button } from '@/shared/ui/button';
import { CopyButton } from '@/shared/ui/copy-button';
import { Loaded, usePageTitle } from '@/shared/ui/page';
import { QrCode } from '@/shared/ui/qr';
import { useNamedTickets, useTicket, type Ticket } from './api';
import { keptTickets, type KeptTicket } from './offline';
import { OfflineNote } from './offline-note';
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
            {ticket.state === 'valid' ? <Codes ticket={ticket} /> : <Voided ticket={ticket} />}
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
                {ticket.state === 'valid' && <Files ticket={ticket.id} />}
                <div className="row">
                    {ticket.code && <CopyButton text={ticket.code} label={t('copy_code')} />}
                    <Link to={`/orders/${ticket.order}`}>{t('order')}</Link>
                </div>
            </div>
        </article>
    );
}

// The signed code is what the door reads; the plain one stands beside it, for vouchers that somebody
// else redeems by it.
function Codes({ ticket }: { ticket: Ticket }) {
    const t = useTicketTexts();
    const [plain, setPlain] = useState(false);
    const signed = plain ? undefined : ticket.signed_code;
    return (
        <div className="ticket-code">
            <QrCode
                text={signed ?? ticket.code}
                label={t(signed ? 'qr_signed' : 'qr', { code: ticket.code })}
            />
            <p className="code">{ticket.code}</p>
            <p className="small">{t('bright')}</p>
            {ticket.signed_code && (
                <Button look="link" aria-pressed={plain} onClick={() => setPlain(!plain)}>
                    {plain ? t('show_signed') : t('show_plain')}
                </Button>
            )}
        </div>
    );
}

const kReasons = ['session_cancelled', 'refunding', 'refunded'] as const;

function Voided({ ticket }: { ticket: Ticket }) {
    const t = useTicketTexts();
    const reason = kReasons.find((one) => one === ticket.void_reason);
    return (
        <div className="ticket-code ticket-void" role="status">
            <p className="void-word">
                {ticket.state === 'refunding' ? t('state_refunding') : t('state_void')}
            </p>
            {reason && <p>{t(`void_${reason}`)}</p>}
        </div>
    );
}

// Downloads, which the browser makes with the login's cookie.
function Files({ ticket }: { ticket: number }) {
    const t = useTicketTexts();
    const language = useLanguage();
    const address = (file: string) => `/api/v1/tickets/${ticket}/${file}?language=${language}`;
    return (
        <div className="row">
            <a className="button plain" href={address('ticket.pdf')} download>
                {t('pdf')}
            </a>
            <a className="button plain" href={address('ticket.ics')} download>
                {t('calendar')}
            </a>
        </div>
    );
}
