// What can go wrong with a request: the server's refusal, in its own words, or no server at all.

interface Envelope {
    code: string;
    message: string;
    remedy: string;
    request_id: string;
    details: Record<string, unknown>;
    receipt?: string;
}

export class ApiError extends Error {
    override readonly name = 'ApiError';

    constructor(
        readonly status: number,
        readonly code: string,
        message: string,
        readonly remedy: string,
        readonly details: Record<string, unknown> = {},
        readonly requestId = '',
        readonly receipt?: string,
        readonly retryAfterSeconds?: number,
    ) {
        super(message);
    }

    // The field of the form that the server complains about, if it names one.
    get field(): string | undefined {
        return typeof this.details.field === 'string' ? this.details.field : undefined;
    }
}

// No answer came: whether the server did what was asked is unknown.
export class ServerAway extends Error {
    override readonly name = 'ServerAway';
}

export function isRefusal(error: unknown, ...codes: string[]): error is ApiError {
    return error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));
}

export function errorOf(response: Response, body: unknown): ApiError {
    const envelope = (typeof body === 'object' && body !== null ? body : {}) as Partial<Envelope>;
    const retryAfter = Number(response.headers.get('Retry-After'));
    return new ApiError(
        response.status,
        envelope.code ?? 'internal_error',
        envelope.message ?? `HTTP ${response.status}`,
        envelope.remedy ?? '',
        envelope.details ?? {},
        envelope.request_id ?? '',
        envelope.receipt,
        retryAfter > 0 ? retryAfter : undefined,
    );
}
