import { useWebhookTexts } from './texts';

export const kEvents = [
    ['order.reserved', 'event_order_reserved'],
    ['order.paid', 'event_order_paid'],
    ['order.completed', 'event_order_completed'],
    ['order.failed', 'event_order_failed'],
    ['order.cancelled', 'event_order_cancelled'],
    ['order.expired', 'event_order_expired'],
    ['order.refunding', 'event_order_refunding'],
    ['order.refunded', 'event_order_refunded'],
    ['session.cancelled', 'event_session_cancelled'],
] as const;

export function useEventName(): (event: string) => string {
    const t = useWebhookTexts();
    return (event) => {
        const known = kEvents.find(([name]) => name === event);
        return known ? t(known[1]) : event;
    };
}
