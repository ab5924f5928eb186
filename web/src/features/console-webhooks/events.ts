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
    ['payment.completed', 'event_payment_completed'],
    ['payment.failed', 'event_payment_failed'],
    ['refund.requested', 'event_refund_requested'],
    ['refund.approved', 'event_refund_approved'],
    ['refund.rejected', 'event_refund_rejected'],
    ['refund.cancelled', 'event_refund_cancelled'],
    ['refund.completed', 'event_refund_completed'],
    ['session.cancelled', 'event_session_cancelled'],
] as const;

export function useEventName(): (event: string) => string {
    const t = useWebhookTexts();
    return (event) => {
        const known = kEvents.find(([name]) => name === event);
        return known ? t(known[1]) : event;
    };
}
