// The states that the list of sessions can be narrowed to.
export const kSessionStates = ['upcoming', 'current', 'ended', 'cancelled'] as const;

export type SessionState = (typeof kSessionStates)[number];

export function givenState(value: string): SessionState | undefined {
    return kSessionStates.find((one) => one === value);
}
