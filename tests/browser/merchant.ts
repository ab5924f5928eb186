// A merchant of the bank for tests: a small HTTP server that takes the bank's calls and has a page to
// come back to, and the signatures of the published interface.
import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Key {
    id: string;
    secret: string;
}

const freshKey = (): Key => ({
    id: randomBytes(4).toString('hex'),
    secret: randomBytes(32).toString('hex'),
});

export interface Event {
    kind: string;
    reference: string;
    status: string;
    order: string;
    amount: number;
}

export interface BillWish {
    order: string;
    amount: number;
    seconds?: number; // until the bill is over
    title?: string;
}

export class Merchant {
    readonly events: Event[] = [];
    readonly name = 'onsale';
    private readonly toBank = freshKey();
    private readonly toSite = freshKey();
    private last = 0;

    private constructor(private readonly server: Server) {}

    static async start(): Promise<Merchant> {
        const box: { merchant?: Merchant } = {};
        const server = createServer((request, answer) => {
            const parts: Buffer[] = [];
            request.on('data', (part: Buffer) => parts.push(part));
            request.on('end', () => {
                if (request.url?.startsWith('/api/v1/payments/callbacks/'))
                    box.merchant?.hear(Buffer.concat(parts).toString('utf8'));
                const page = request.method === 'GET';
                answer.setHeader('Content-Type', page ? 'text/html' : 'application/json');
                answer.end(page ? '<!doctype html><title>shop</title><h1>shop</h1>' : '{}');
            });
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        box.merchant = new Merchant(server);
        return box.merchant;
    }

    stop(): void {
        this.server.closeAllConnections();
        this.server.close();
    }

    get site(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    // The file that the bank is started with.
    get credentials(): string {
        const key = (list: string, { id, secret }: Key) =>
            `[[${list}]]\nid = "${id}"\nsecret = "${secret}"\n`;
        return (
            `site = "${this.site}"\nbank = 1\nmerchant = "${this.name}"\n` +
            key('to_bank', this.toBank) +
            key('to_site', this.toSite)
        );
    }

    private hear(body: string): void {
        const { events } = JSON.parse(body) as { events: Event[] };
        this.events.push(...events);
    }

    // The path and query of the cashier for one bill, as the merchant signs it.
    bill({
        order,
        amount,
        seconds = 900,
        title = '西岸咖啡节 · 咖啡券',
    }: BillWish): URLSearchParams {
        this.last += 1;
        const link = {
            merchant: this.name,
            reference: `P${this.last}-${randomBytes(8).toString('hex')}`,
            order,
            amount: String(amount),
            currency: 'CNY',
            expires: String(Math.floor(Date.now() / 1000) + seconds),
            title,
            return: `${this.site}/orders/${order}`,
        };
        const signature = createHmac('sha256', Buffer.from(this.toBank.secret, 'hex'))
            .update(Object.values(link).join('\n'))
            .digest('hex');
        return new URLSearchParams({ ...link, key: this.toBank.id, signature });
    }

    // A signed call to the bank, as docs/formats/bank-interface.md has it.
    async call(bank: string, path: string, body: unknown): Promise<unknown> {
        const text = JSON.stringify(body);
        const time = String(Math.floor(Date.now() / 1000));
        const signature = createHmac('sha256', Buffer.from(this.toBank.secret, 'hex'))
            .update(`POST\n${path}\n${time}\n${text}`)
            .digest('hex');
        const answer = await fetch(bank + path, {
            method: 'POST',
            headers: {
                'Content-Type': 'application/json',
                'Onsale-Party': this.name,
                'Onsale-Key': this.toBank.id,
                'Onsale-Time': time,
                'Onsale-Signature': `v1=${signature}`,
            },
            body: text,
        });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }
}
