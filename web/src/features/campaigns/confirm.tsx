// The step before an order: lines, limits, the notice, the total. After it is accepted the order's
// own page goes on.
import { useEffect, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import type { Campaign, Tier } from '@/api/types';
import {
    phaseOf,
    useCampaign,
    useLiveTiers,
    useWatchCampaigns,
} from '@/shared/catalogue/campaigns';
import { useServerText } from '@/shared/i18n/texts';
import { useServerTime } from '@/shared/time/use-server-time';
import { Button } from '@/shared/ui/button';
import { Countdown } from '@/shared/ui/countdown';
import { Money } from '@/shared/ui/money';
import { Loaded, PageHead } from '@/shared/ui/page';
import { Problem } from '@/shared/ui/problem';
import { Progress } from './action';
import { canAdd, chosenInAll, orderLimit, totalOf, type Quantities } from './limits';
import { useCampaignTexts } from './texts';
import { useRush } from './use-rush';
import './campaigns.css';

export default function ConfirmPage() {
    const t = useCampaignTexts();
    const id = Number(useParams().campaign);
    const query = useCampaign(id);
    useWatchCampaigns([id]);
    return (
        <>
            <PageHead title={t('confirm_title')} />
            <Loaded query={query}>{(campaign) => <Form campaign={campaign} />}</Loaded>
        </>
    );
}

function Form({ campaign }: { campaign: Campaign }) {
    const t = useCampaignTexts();
    const text = useServerText();
    const navigate = useNavigate();
    const tiers = useLiveTiers(campaign);
    const rush = useRush(campaign.id);
    const [quantities, setQuantities] = useState<Quantities>({});
    const [read, setRead] = useState(false);
    const now = useServerTime(Date.parse(campaign.opens_at), Date.parse(campaign.closes_at));
    const phase = phaseOf(campaign, now);
    const { state } = rush;
    useEffect(() => {
        if (state.step === 'got') navigate(`/orders/${state.placed.order.id}`, { replace: true });
    }, [state, navigate]);

    const chosen = chosenInAll(quantities);
    const change = (tier: Tier, by: number) =>
        setQuantities({ ...quantities, [tier.id]: (quantities[tier.id] ?? 0) + by });
    const place = () =>
        rush.start(
            Object.entries(quantities)
                .filter(([, quantity]) => quantity > 0)
                .map(([tier, quantity]) => ({ tier: Number(tier), quantity })),
        );
    const working = state.step !== 'idle' && state.step !== 'refused';
    const ready = phase === 'current' && chosen > 0 && read;
    return (
        <div className="campaign-page">
            <section className="card stack" aria-labelledby="lines">
                <h2 id="lines">{text(campaign.name)}</h2>
                <p className="muted">{t('limit_line', { count: orderLimit(campaign) })}</p>
                <div>
                    {tiers.map((tier) => (
                        <TierLine
                            key={tier.id}
                            tier={tier}
                            quantity={quantities[tier.id] ?? 0}
                            canAdd={!working && canAdd(campaign, tier, quantities)}
                            locked={working}
                            change={(by) => change(tier, by)}
                        />
                    ))}
                </div>
                <h2>{t('notice')}</h2>
                <p className="pre">{text(campaign.notice) || t('no_notice')}</p>
                <label className="check">
                    <input
                        type="checkbox"
                        checked={read}
                        onChange={(event) => setRead(event.target.checked)}
                    />
                    {t('acknowledge')}
                </label>
            </section>
            <aside className="card stack campaign-action" aria-label={t('total')}>
                <div className="row apart">
                    <span>{t('total')}</span>
                    <span className="strong" aria-live="polite">
                        <Money money={totalOf(campaign, quantities)} />
                    </span>
                </div>
                <p className="muted small">{t('price_hint')}</p>
                {phase === 'upcoming' && (
                    <Countdown until={campaign.opens_at} label={t('until_open')} />
                )}
                <div className="stack" aria-live="polite">
                    {rush.cannotKeep && <p className="note bad">{t('kept_failed')}</p>}
                    {state.step === 'refused' && <Problem error={state.error} />}
                    {working ? (
                        <Progress rush={rush} />
                    ) : (
                        <Button wide disabled={!ready} onClick={place}>
                            {t('place')}
                        </Button>
                    )}
                    {!working && <Missing phase={phase} chosen={chosen} read={read} />}
                </div>
            </aside>
        </div>
    );
}

// Why the button does nothing yet.
function Missing({ phase, chosen, read }: { phase: string; chosen: number; read: boolean }) {
    const t = useCampaignTexts();
    const text =
        phase === 'upcoming'
            ? t('waiting')
            : phase !== 'current'
              ? t('ended')
              : chosen === 0
                ? t('choose_first')
                : read
                  ? ''
                  : t('acknowledge_first');
    return text ? <p className="muted small">{text}</p> : null;
}

function TierLine({
    tier,
    quantity,
    canAdd,
    locked,
    change,
}: {
    tier: Tier;
    quantity: number;
    canAdd: boolean;
    locked: boolean;
    change: (by: number) => void;
}) {
    const t = useCampaignTexts();
    const text = useServerText();
    const name = text(tier.name);
    return (
        <div className="tier">
            <div>
                <h3>{name}</h3>
                <p className="muted small">
                    <Money money={tier.price} />
                    {' · '}
                    {tier.free > 0 ? t('free', { count: tier.free }) : t('sold_out')}
                </p>
            </div>
            <div className="stepper" role="group" aria-label={`${t('quantity')}: ${name}`}>
                <button
                    type="button"
                    aria-label={t('fewer', { name })}
                    disabled={locked || quantity === 0}
                    onClick={() => change(-1)}
                >
                    −
                </button>
                <output className="number" aria-live="polite">
                    {quantity}
                </output>
                <button
                    type="button"
                    aria-label={t('more', { name })}
                    disabled={!canAdd}
                    onClick={() => change(1)}
                >
                    +
                </button>
            </div>
        </div>
    );
}
