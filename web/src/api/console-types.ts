// Short names for the shapes of the server's own document that pages of the console pass on.
import type { Answer, Sent } from './types';

export type { Campaign, Money, Text } from './types';

export type StaffMe = Answer<'getStaffMe'>;
export type NamedThing = SessionRow['organiser'];
export type Organiser = Answer<'listOrganisers'>['organisers'][number];
export type ConsoleShow = Answer<'listShows'>['shows'][number];
export type ShowDetail = Answer<'getShow'>;
export type ShowEdit = Sent<'putShow'>;
export type BannerRow = Answer<'listBanners'>['banners'][number];
export type Picture = Answer<'putPicture'>;

export type SessionRow = Answer<'listSessions'>['sessions'][number];
export type SessionDetail = Answer<'getSession'>;
export type Pool = SessionDetail['pools'][number];
export type SessionTier = SessionDetail['tiers'][number];
export type SessionCampaign = SessionDetail['campaigns'][number];
export type SessionThen = Answer<'getSessionHistory'>['then'];
export type HistoryPoint = Answer<'getSessionHistory'>['points'][number];
export type NewSession = Sent<'setUpSession'>;
export type ConsoleCampaign = Answer<'getCampaign'>;

export type ImportRow = Answer<'getImport'>;
export type ImportMistake = ImportRow['mistakes'][number];

export type OrderRow = Answer<'listSessionOrders'>['orders'][number];
export type SessionStatistics = Answer<'getSessionStatistics'>;
export type TierFigures = SessionStatistics['tiers'][number];
export type TopPerson = NonNullable<SessionStatistics['top_people']>[number];
export type Statistics = Answer<'getStatistics'>;
export type Ranked = Statistics['shows'][number];
export type Curve = Answer<'getCurve'>;
export type Step = Curve['points'][number];
// What the totals of a session and of all sessions have in common.
export type TotalFigures = Omit<SessionStatistics, 'session' | 'tiers' | 'hours' | 'top_people'>;

export type Person = Answer<'getPerson'>;
export type OperationRow = Answer<'listOperations'>['operations'][number];

export type Webhook = Answer<'listWebhooks'>['webhooks'][number];
export type CallReport = Answer<'testWebhook'>;
export type RecentDelivery = Answer<'listDeliveries'>['recent'][number];
export type ParkedDelivery = Answer<'listDeliveries'>['parked'][number];

export type StaffBank = Answer<'listAllBanks'>['banks'][number];
export type BankInstance = StaffBank['instances'][number];
export type BankDone = Answer<'rotateBankKeys'>;

// The document says no more of the report than that it is an object.
export type AuditReport = Omit<Answer<'getAudit'>, 'report'> & {
    report: {
        clean: boolean;
        batches: number;
        facts: number;
        orders: number;
        tickets: number;
        clauses: { clause: string; checked: number; breaches: number }[];
        breaches: { clause: string; text: string }[];
        not_checked: string[];
    } | null;
};
