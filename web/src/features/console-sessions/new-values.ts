// What the guided form of a new session holds, and the request that it becomes.
import type { Dayjs } from 'dayjs';
import type { Text } from '@/api/types';
import type { NamedThing, NewSession } from '@/api/console-types';
import { freshId } from '@/shared/console/ids';
import { kTermsDefault, type TermsValues } from '@/shared/console/terms-fields';
import { textValue } from '@/shared/console/values';
import { kHoldMinutesDefault, type CampaignValues } from './campaign-fields';
import { readCodes } from './codes';

export interface TierValues {
    name: Text;
    price?: string;
    kind: 'count' | 'codes';
    count?: number;
    codes?: string;
    valid_from?: Dayjs | null;
    valid_until?: Dayjs | null;
}
export interface Values {
    organiser: number;
    origin: 'existing' | 'new';
    existing?: number;
    show?: {
        name?: Text;
        description?: Text;
        venue?: Text;
        notice?: Text;
        picture?: string;
    };
    session: {
        starts_at: Dayjs;
        ends_at: Dayjs;
        orders_per_person?: number | null;
        tickets_per_person?: number | null;
        sale_ends_at_start?: boolean;
    } & TermsValues;
    currency: string;
    tiers: TierValues[];
    campaigns: [CampaignValues];
}

export const kTiersMax = 20;

// Chosen once for as long as the form is open: a repeated request makes nothing twice.
export interface Ids {
    show: number;
    session: number;
    campaign: number;
    tiers: number[];
    lists: number[];
}

export function freshIds(): Ids {
    const many = () => Array.from({ length: kTiersMax }, freshId);
    return {
        show: freshId(),
        session: freshId(),
        campaign: freshId(),
        tiers: many(),
        lists: many(),
    };
}

interface Known {
    organiser: NamedThing;
    show?: NamedThing;
}

// Where nothing is given back, the details say nothing.
function termsOf(values: TermsValues): TermsValues {
    const late_payment = values.late_payment ?? kTermsDefault.late_payment;
    if (!values.refund_allowed) return { refund_allowed: false, late_payment };
    return {
        refund_allowed: true,
        refund_until_hours: values.refund_until_hours ?? kTermsDefault.refund_until_hours,
        refund_fee_percent: values.refund_fee_percent || '0',
        refund_review: values.refund_review ?? true,
        refund_second_review_from: values.refund_second_review_from || '0',
        late_payment,
    };
}

export function requestOf(values: Values, ids: Ids, known: Known): NewSession {
    const { session, tiers, campaigns, show } = values;
    const [campaign] = campaigns;
    return {
        organiser: { id: known.organiser.id, name: known.organiser.name },
        show: known.show
            ? { id: known.show.id, name: known.show.name }
            : {
                  id: ids.show,
                  name: textValue(show?.name),
                  description: textValue(show?.description),
                  venue: textValue(show?.venue),
                  notice: textValue(show?.notice),
                  picture: show?.picture ?? '',
              },
        session: {
            id: ids.session,
            starts_at: session.starts_at.toISOString(),
            ends_at: session.ends_at.toISOString(),
            orders_per_person: session.orders_per_person ?? 0,
            tickets_per_person: session.tickets_per_person ?? 0,
            sale_ends_at_start: session.sale_ends_at_start ?? false,
            ...termsOf(session),
        },
        pools: tiers.map((tier, index) =>
            tier.kind === 'codes'
                ? { id: index + 1, kind: 'codes', list: ids.lists[index] }
                : { id: index + 1, kind: 'count', count: tier.count ?? 0 },
        ),
        tiers: tiers.map((tier, index) => ({
            id: ids.tiers[index] ?? 0,
            name: textValue(tier.name),
            pool: index + 1,
            price: tier.price || '0',
            currency: values.currency,
            valid_from: tier.valid_from?.toISOString(),
            valid_until: tier.valid_until?.toISOString(),
        })),
        campaigns: [
            {
                id: ids.campaign,
                name: textValue(campaign.name),
                description: textValue(campaign.description),
                picture: campaign.picture ?? '',
                opens_at: campaign.opens_at.toISOString(),
                closes_at: campaign.closes_at.toISOString(),
                one_per_person: campaign.one_per_person ?? false,
                tickets_per_order: campaign.tickets_per_order ?? 0,
                hold_minutes: campaign.hold_minutes ?? kHoldMinutesDefault,
                tiers: ids.tiers.slice(0, tiers.length),
            },
        ],
    };
}

export interface CodeList {
    list: number;
    codes: string[];
}

export function codeListsOf(values: Values, ids: Ids): CodeList[] {
    return values.tiers.flatMap((tier, index) =>
        tier.kind === 'codes'
            ? [{ list: ids.lists[index] ?? 0, codes: readCodes(tier.codes ?? '').codes }]
            : [],
    );
}

export const kSteps = ['what', 'when', 'stock', 'campaign', 'terms', 'check'] as const;

// Where a field of the request stands in the form: its step and its name there.
export function placeOfField(path: (string | number)[]): {
    step: number;
    name: (string | number)[];
} {
    const [head, ...rest] = path;
    switch (head) {
        case 'organiser':
            return { step: 0, name: ['organiser'] };
        case 'show':
            return { step: 0, name: path };
        case 'session':
            return { step: rest[0] !== undefined && rest[0] in kTermsDefault ? 4 : 1, name: path };
        case 'pools':
            return { step: 2, name: ['tiers', ...rest.slice(0, 1), 'count'] };
        case 'tiers':
            return { step: 2, name: path };
        case 'campaigns':
            return { step: 3, name: path };
        default:
            return { step: kSteps.length - 1, name: path };
    }
}
