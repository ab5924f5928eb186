// Codes from what somebody pasted or chose, and their way to the server: in chunks, in order, each
// of which may be sent again.
import { ask } from '@/shared/api/client';
import { sendBytes, staffApi } from '@/shared/console/client';

const kCodesPerChunk = 10_000;

export interface CodeMistake {
    kind: 'repeated' | 'invalid';
    line: number;
    code: string;
}

// The first column of each line; a first line "code" is a heading.
export function readCodes(text: string): { codes: string[]; mistake?: CodeMistake } {
    const seen = new Set<string>();
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    for (const [index, line] of lines.entries()) {
        const first = line.startsWith('"')
            ? (line.split('"')[1] ?? '')
            : (line.split(',')[0] ?? '');
        const code = first.trim();
        if (code === '' || (index === 0 && code.toLowerCase() === 'code')) continue;
        if (!/^[\x20-\x7e]{1,64}$/.test(code))
            return { codes: [], mistake: { kind: 'invalid', line: index + 1, code } };
        if (seen.has(code))
            return { codes: [], mistake: { kind: 'repeated', line: index + 1, code } };
        seen.add(code);
    }
    return { codes: [...seen] };
}

export async function sendCodes(
    list: number,
    codes: string[],
    progress: (done: number) => void,
): Promise<void> {
    for (let begin = 0; begin < codes.length; begin += kCodesPerChunk) {
        const chunk = codes.slice(begin, begin + kCodesPerChunk);
        await sendBytes<unknown>(
            'PUT',
            `/api/v1/code-lists/${list}/chunks/${begin / kCodesPerChunk}`,
            new Blob([chunk.join('\n')]),
            'text/plain',
        );
        progress(Math.min(begin + kCodesPerChunk, codes.length));
    }
    await ask(staffApi.POST('/api/v1/code-lists/{list}/seal', { params: { path: { list } } }));
}
