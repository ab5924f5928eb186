// What can be done about a campaign right now, and how far it is: the countdown, the button and its
// honest states.
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router-dom';
import type { Campaign } from '@/api/types';
import { leftInTiers, useLiveTiers, type Phase } from '@/shared/catalogue/campaigns';
import { useSession } from '@/shared/session/session';
import { Button, ButtonLink } from '@/shared/ui/button';
import { Countdown } from '@/shared/ui/countdown';
import { Problem } from '@/shared/ui/problem';
import type { JoinedCampaign } from './campaign';
import { needsConfirmation } from './limits';
import { RulesList } from './rules';
import { useCampaignTexts } from './texts';
import { useRush, type Rush } from './use-rush';

export function ActionCard({
    campaign,
    phase,
    now,
}: {
    campaign: JoinedCampaign;
    phase: Phase;
    now: number | null;
}) {
    const t = useCampaignTexts();
    const rush = useRush(campaign.id);
    return (
        <aside className="card stack campaign-action" aria-label={t('rush')}>
            {phase === 'upcoming' && (
                <Countdown until={campaign.opens_at} label={t('until_open')} />
            )}
            {phase === 'current' && (
                <Countdown until={campaign.closes_at} label={t('until_close')} />
            )}
            <div className="stack" aria-live="polite">
                <Action campaign={campaign} phase={phase} rush={rush} clockKnown={now !== null} />
            </div>
            <RulesList campaign={campaign} />
        </aside>
    );
}

function Action({
    campaign,
    phase,
    rush,
    clockKnown,
}: {
    campaign: JoinedCampaign;
    phase: Phase;
    rush: Rush;
    clockKnown: boolean;
}) {
    const t = useCampaignTexts();
    const { state } = rush;
    if (rush.cannotKeep) return <p className="note bad">{t('kept_failed')}</p>;
    if (state.step === 'got') return <Got fresh order={state.placed.order} title={t('got_it')} />;
    if (state.step !== 'idle' && state.step !== 'refused' && state.step !== 'login')
        return <Progress rush={rush} />;
    if (campaign.joined && campaign.order && campaign.one_per_person)
        return <Got order={campaign.order} title={t('joined')} />;
    return (
        <>
            {state.step === 'refused' && <Problem error={state.error} />}
            {campaign.joined && campaign.order && (
                <p className="note row apart">
                    {t('has_order')}
                    <Link to={`/orders/${campaign.order.id}`}>{t('view_order')}</Link>
                </p>
            )}
            <Entry campaign={campaign} phase={phase} rush={rush} clockKnown={clockKnown} />
        </>
    );
}

export function Progress({ rush }: { rush: Rush }) {
    const t = useCampaignTexts();
    const { step } = rush.state;
    if (step !== 'sending' && step !== 'queued' && step !== 'unknown' && step !== 'paused')
        return null;
    return (
        <>
            {step === 'paused' ? (
                <Button wide autoFocus onClick={rush.askAgain}>
                    {t('ask_again')}
                </Button>
            ) : (
                <Button wide busy autoFocus>
                    {t(step)}
                </Button>
            )}
            <p className="muted">{t(`${step}_text`)}</p>
        </>
    );
}

// `fresh`: it was got just now, so the focus goes where the button was.
function Got({
    order,
    title,
    fresh,
}: {
    order: NonNullable<JoinedCampaign['order']>;
    title: string;
    fresh?: boolean;
}) {
    const t = useCampaignTexts();
    const note = useRef<HTMLDivElement>(null);
    useEffect(() => {
        if (fresh) note.current?.focus();
    }, [fresh]);
    const ticket = order.tickets?.[0];
    return (
        <div ref={note} tabIndex={-1} className="note good stack tight">
            <p className="strong">{title}</p>
            {ticket ? (
                <>
                    <p>{fresh ? t('got_it_text') : t('joined_text')}</p>
                    <p className="muted small">{t('code')}</p>
                    <p className="code">{ticket.code}</p>
                    <ButtonLink to={`/tickets/${ticket.id}`}>{t('view_ticket')}</ButtonLink>
                </>
            ) : (
                <ButtonLink to={`/orders/${order.id}`}>{t('view_order')}</ButtonLink>
            )}
        </div>
    );
}

// The button before anything was sent.
function Entry({
    campaign,
    phase,
    rush,
    clockKnown,
}: {
    campaign: Campaign;
    phase: Phase;
    rush: Rush;
    clockKnown: boolean;
}) {
    const t = useCampaignTexts();
    const person = useSession();
    const { pathname } = useLocation();
    const left = leftInTiers(useLiveTiers(campaign));
    if (phase === 'ended') return <Closed>{t('ended')}</Closed>;
    if (phase === 'cancelled')
        return (
            <>
                <Closed>{t('cancelled')}</Closed>
                <p className="muted">{t('cancelled_text')}</p>
            </>
        );
    if (!person)
        return (
            <>
                <ButtonLink wide to={`/login?next=${encodeURIComponent(pathname)}`}>
                    {t('log_in_first')}
                </ButtonLink>
                {phase === 'upcoming' && <p className="muted small">{t('log_in_hint')}</p>}
            </>
        );
    if (phase === 'upcoming' || !clockKnown) return <Closed>{t('waiting')}</Closed>;
    if (left === 'none') return <Closed>{t('sold_out')}</Closed>;
    if (needsConfirmation(campaign))
        return (
            <ButtonLink wide to={`/campaigns/${campaign.id}/confirm`}>
                {t('buy')}
            </ButtonLink>
        );
    return (
        <Button wide onClick={() => rush.start()}>
            {t('rush')}
        </Button>
    );
}

function Closed({ children }: { children: ReactNode }) {
    return (
        <Button wide disabled>
            {children}
        </Button>
    );
}
