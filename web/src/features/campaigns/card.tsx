// A campaign in a list: picture, name, when, what is left.
import { Link } from 'react-router-dom';
import type { Campaign } from '@/api/types';
import { leftInTiers, lowestPrice, phaseOf, useLiveTiers } from '@/shared/catalogue/campaigns';
import { useLanguage } from '@/shared/i18n/language';
import { useServerText } from '@/shared/i18n/texts';
import { formatDateTime } from '@/shared/time/format';
import { useServerTime } from '@/shared/time/use-server-time';
import { Money } from '@/shared/ui/money';
import { Poster } from '@/shared/ui/poster';
import { CampaignTag } from '@/shared/ui/tags';
import { useCampaignTexts } from './texts';

export function CampaignCard({ campaign, eager }: { campaign: Campaign; eager?: boolean }) {
    const t = useCampaignTexts();
    const text = useServerText();
    const language = useLanguage();
    const now = useServerTime(Date.parse(campaign.opens_at), Date.parse(campaign.closes_at));
    const tiers = useLiveTiers(campaign);
    const phase = phaseOf(campaign, now);
    const left = leftInTiers(tiers);
    const price = lowestPrice(tiers);
    return (
        <article className="campaign-card">
            <Poster picture={campaign.picture} seed={campaign.show.id} eager={eager} />
            <div className="campaign-card-text">
                <div className="row apart">
                    <CampaignTag state={phase} />
                    {price && (
                        <span className="strong">
                            <Money money={price} />
                            {tiers.length > 1 && price.minor > 0 && language === 'zh' && t('from')}
                        </span>
                    )}
                </div>
                <h3>
                    <Link to={`/campaigns/${campaign.id}`}>{text(campaign.name)}</Link>
                </h3>
                <p className="muted small">
                    {text(campaign.show.name)}
                    {campaign.venue && ` · ${text(campaign.venue)}`}
                </p>
                <p className="muted small">
                    {phase === 'upcoming'
                        ? t('opens', { time: formatDateTime(campaign.opens_at, language) })
                        : t('closes', { time: formatDateTime(campaign.closes_at, language) })}
                </p>
                {phase === 'current' && (
                    <p className={`small strong number ${left === 'none' ? 'muted' : ''}`}>
                        {left === 'none'
                            ? t('sold_out')
                            : left === 'some'
                              ? t('some_left')
                              : t('free', { count: left })}
                    </p>
                )}
            </div>
        </article>
    );
}
