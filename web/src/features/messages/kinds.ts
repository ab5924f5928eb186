// Which words a message has. Pure.
export const kKinds = ['refund_approved', 'refund_rejected', 'refund_completed'] as const;
export type Kind = (typeof kKinds)[number] | 'other';

export function kindOf(kind: string): Kind {
    return kKinds.find((one) => one === kind) ?? 'other';
}
