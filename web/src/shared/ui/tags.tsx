import { useSharedTexts } from './texts';

const kCampaignLooks = {
    upcoming: 'accent',
    current: 'good',
    ended: '',
    cancelled: 'bad',
} as const;
type CampaignState = keyof typeof kCampaignLooks;

export function CampaignTag({ state }: { state: string }) {
    const t = useSharedTexts();
    if (!(state in kCampaignLooks)) return <span className="tag">{state}</span>;
    const known = state as CampaignState;
    return <span className={`tag ${kCampaignLooks[known]}`}>{t(`state_${known}`)}</span>;
}

const kOrderLooks = {
    reserved: 'warn',
    paid: 'accent',
    completed: 'good',
    cancelled: '',
    expired: '',
    failed: 'bad',
    refunding: 'warn',
    refunded: '',
} as const;
type OrderState = keyof typeof kOrderLooks;

export function OrderTag({ state }: { state: string }) {
    const t = useSharedTexts();
    if (!(state in kOrderLooks)) return <span className="tag">{state}</span>;
    const known = state as OrderState;
    return <span className={`tag ${kOrderLooks[known]}`}>{t(`order_${known}`)}</span>;
}
