// The whole statement as a file for spreadsheets. The bank gives it page by page; a file ends after
// so many lines that a browser still holds it well.
import type { Page, StatementLine } from '~/api/types';
import { amountText } from '~/shared/amount';
import { ask } from '~/shared/client';
import { csvOf } from '~/shared/csv';

const kLinesPerRequest = 200;
const kRequestsMax = 100;

// As on the wire, so that files of two languages are the same file.
const kHead = [
    'at',
    'transaction',
    'kind',
    'amount',
    'held',
    'balance',
    'merchant',
    'order',
    'reference',
    'note',
];

// Amounts are numbers in yuan, written without fractions being computed.
export function statementLines(lines: StatementLine[]): string {
    return csvOf(
        kHead,
        lines.map((line) => [
            line.at,
            line.transaction,
            line.kind,
            { number: amountText(line.amount) },
            { number: amountText(line.held) },
            { number: amountText(line.balance) },
            line.merchant,
            line.order,
            line.reference,
            line.note,
        ]),
    );
}

export async function statementFile(kind: string): Promise<Blob> {
    const lines: StatementLine[] = [];
    let before: number | null | undefined;
    for (let request = 0; request < kRequestsMax; request += 1) {
        const page: Page<StatementLine> = await ask('customer', 'GET', '/api/v1/me/statement', {
            query: { kind, before, max: kLinesPerRequest },
        });
        lines.push(...page.items);
        before = page.next;
        if (!before) break;
    }
    return new Blob([statementLines(lines)], { type: 'text/csv;charset=utf-8' });
}
